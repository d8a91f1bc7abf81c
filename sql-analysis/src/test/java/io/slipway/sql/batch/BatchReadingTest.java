package io.slipway.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.sql.ast.Name;
import io.slipway.sql.batch.BatchReading.Defect;
import io.slipway.sql.batch.BatchReading.Part;
import io.slipway.sql.batch.BatchReading.Sound;
import io.slipway.sql.batch.BatchReading.Unmarked;
import io.slipway.sql.batch.BatchReading.Unsound;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchReadingTest {
    private static final String MARKER = "-- slipway:batch table=orders key=id size=5000\n";

    @Test
    void readsEveryOptionOfAMarker() {
        // When
        var options = sound(
                        "/* slipway:batch  table=shop.\"Open Orders\" key=\"No\" size=1000000 pause=100ms max-lag=1m lock-wait=2s */\n"
                                + "DELETE FROM shop.\"Open Orders\"")
                .options();
        // Then
        assertThat(options)
                .isEqualTo(new BatchOptions(
                        new Name("shop", "Open Orders"),
                        "No",
                        1_000_000,
                        Duration.ofMillis(100),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(2)));
    }

    @Test
    void leavesTheRestToTheExecutorsSettings() {
        assertThat(sound(MARKER + "UPDATE orders SET a = 1").options())
                .isEqualTo(new BatchOptions(Name.of("orders"), "id", 5000, Duration.ZERO, null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    UPDATE orders SET a = 1                        | UPDATE orders SET a = 1 WHERE (orders.id > E'7' AND orders.id <= E'9')
                    UPDATE shop.orders SET a = 1                   | UPDATE shop.orders SET a = 1 WHERE (orders.id > E'7' AND orders.id <= E'9')
                    UPDATE ONLY orders AS o SET a = 1 WHERE b OR c | UPDATE ONLY orders AS o SET a = 1 WHERE (b OR c) AND (o.id > E'7' AND o.id <= E'9')
                    UPDATE orders "O" SET (a, b) = (1, 2) WHERE b  | UPDATE orders "O" SET (a, b) = (1, 2) WHERE (b) AND ("O".id > E'7' AND "O".id <= E'9')
                    UPDATE orders o SET a = i.a FROM items i       | UPDATE orders o SET a = i.a FROM items i WHERE (o.id > E'7' AND o.id <= E'9')
                    DELETE FROM orders                             | DELETE FROM orders WHERE (orders.id > E'7' AND orders.id <= E'9')
                    DELETE FROM orders o USING items i WHERE i.o = o.id OR o.a | DELETE FROM orders o USING items i WHERE (i.o = o.id OR o.a) AND (o.id > E'7' AND o.id <= E'9')
                    DELETE FROM orders WHERE /* x */ a = 'WHERE' AND EXISTS (SELECT FROM items WHERE b) | DELETE FROM orders WHERE /* x */ (a = 'WHERE' AND EXISTS (SELECT FROM items WHERE b)) AND (orders.id > E'7' AND orders.id <= E'9')
                    WITH i AS (SELECT 1) UPDATE orders SET a = 1 WHERE b IN (SELECT * FROM i) | WITH i AS (SELECT 1) UPDATE orders SET a = 1 WHERE (b IN (SELECT * FROM i)) AND (orders.id > E'7' AND orders.id <= E'9')
                    """)
    void cutsTheStatementToARangeOfKeys(String statement, String cut) {
        assertThat(sound(MARKER + statement).within("7", "9")).isEqualTo(cut);
    }

    @Test
    void beginsWithoutALowerBoundAndQuotesWhatTheKeysAre() {
        // When
        Batch batch = sound(
                "-- slipway:batch table=\"Orders\" key=\"Id\" size=1\nUPDATE \"Orders\" SET a = 1 -- all\n WHERE b -- c");
        // Then
        assertThat(batch.within(null, "it's\\"))
                .isEqualTo("UPDATE \"Orders\" SET a = 1 -- all\n WHERE (b) AND (\"Orders\".\"Id\" <= E'it''s\\\\')");
        assertThat(batch.table()).isEqualTo("\"Orders\"");
        assertThat(batch.key()).isEqualTo("\"Id\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE orders SET a = 1",
                "-- the way back of batch 7\nUPDATE orders SET a = 1",
                "-- Slipway: see the handbook\nUPDATE orders SET a = 1",
                "-- slipway:ignore update-without-where: small\nUPDATE orders SET a = 1"
            })
    void leavesScriptsAloneThatSayNothingOfBatches(String script) {
        assertThat(BatchReading.of(script)).isInstanceOf(Unmarked.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- slipway:batch\nUPDATE orders SET a = 1",
                "-- slipway:batch table=orders key=id size=0\nUPDATE orders SET a = 1",
                "-- slipway:batch table=orders key=id size=1000001\nUPDATE orders SET a = 1",
                "-- slipway:batch table=orders key=id size=5 size=6\nUPDATE orders SET a = 1",
                "-- slipway:batch table=orders key=orders.id size=5\nUPDATE orders SET a = 1",
                "-- slipway:batch table=orders key=id size=5 pause=61m\nUPDATE orders SET a = 1",
                "-- slipway:batch table=orders key=id size=5 pause = 1s\nUPDATE orders SET a = 1",
                "-- slipway:batch table=orders key=id size=5 lock-wait=0\nUPDATE orders SET a = 1",
                "-- slipway:batch table=orders, key=id size=5\nUPDATE orders SET a = 1",
                "-- slipway:batch table=orders key=id size=5 slowly\nUPDATE orders SET a = 1",
                "-- slipway:batched table=orders key=id size=5\nUPDATE orders SET a = 1",
                "-- SLIPWAY:BATCH table=orders key=id size=5\nUPDATE orders SET a = 1",
                "/* Backfill.\n slipway:batch table=orders key=id size=5 */\nUPDATE orders SET a = 1",
                "UPDATE orders -- slipway:batch table=orders key=id size=5\n SET a = 1",
                "UPDATE orders SET a = 1;\n-- slipway:batch table=orders key=id size=5",
                MARKER + MARKER + "UPDATE orders SET a = 1"
            })
    void refusesAMarkerThatIsNotExactlyRight(String script) {
        assertThat(defects(script)).isNotEmpty().allSatisfy(defect -> {
            assertThat(defect.part()).isEqualTo(Part.MARKER);
            assertThat(defect.message()).endsWith(".");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1",
                "UPDATE orders SET",
                "UPDATE orders SET a = 1; UPDATE orders SET b = 1",
                "UPDATE shop.items SET a = 1",
                "UPDATE orders SET id = 1",
                "UPDATE orders SET (a, id) = (1, 2)",
                "UPDATE orders SET a = 1 RETURNING a",
                "UPDATE orders SET a = 1 WHERE CURRENT OF c",
                "UPDATE orders o SET a = p.a FROM shop.orders p",
                "DELETE FROM orders WHERE a IN (SELECT max(a) FROM orders)",
                "WITH gone AS (DELETE FROM items RETURNING 1) UPDATE orders SET a = 1 WHERE b IN (SELECT 1 FROM gone)",
                "MERGE INTO orders USING items ON a = b WHEN MATCHED THEN DELETE"
            })
    void refusesAStatementThatWouldDoSomethingElseInBatches(String statement) {
        assertThat(defects(MARKER + statement)).isNotEmpty().allSatisfy(defect -> assertThat(defect.part())
                .isEqualTo(Part.STATEMENT));
    }

    @Test
    void saysOnWhichLineTheMistakeIs() {
        // When
        List<Defect> defects = defects("-- V7\n" + MARKER + "UPDATE orders SET a = 1;\n\nSELECT 1;");
        // Then
        assertThat(defects).extracting(defect -> defect.at().start().line()).containsExactly(5);
    }

    private static Batch sound(String script) {
        assertThat(BatchReading.of(script)).isInstanceOf(Sound.class);
        return ((Sound) BatchReading.of(script)).batch();
    }

    private static List<Defect> defects(String script) {
        assertThat(BatchReading.of(script)).isInstanceOf(Unsound.class);
        return ((Unsound) BatchReading.of(script)).defects();
    }
}
