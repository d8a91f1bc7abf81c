package io.slipway.sql.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.parse.Parser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the measurements cannot show: what is said where little is known, and what goes beyond locks and files. */
class EffectsTest {
    private static final Name TABLE = new Name("public", "t");

    private final Catalog catalog = new Catalog("public");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE t ADD COLUMN c int DEFAULT f() | false",
                "ALTER TABLE t ADD COLUMN c int DEFAULT app.now() | false",
                "ALTER TABLE t ALTER COLUMN c TYPE bigint | false",
                "ALTER TABLE t ADD COLUMN c int DEFAULT random() | true"
            })
    void expectsTheWorstWhereItDoesNotKnow(String sql, boolean proven) {
        // When
        StatementEffects effects = effects(sql);

        // Then
        assertThat(effects.rewrites()).singleElement().satisfies(rewrite -> {
            assertThat(rewrite.relation()).isEqualTo(TABLE);
            assertThat(rewrite.proven()).isEqualTo(proven);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN EXECUTE x; END $$",
                "CALL p()",
                "VACUUM",
                "DROP INDEX i",
                "ALTER TABLE t DROP CONSTRAINT t_a_fkey",
                "ALTER DOMAIN d SET NOT NULL",
                "DROP TYPE d CASCADE",
                "DROP TABLE IF EXISTS t",
                "EXECUTE prepared",
                "SELEC 1"
            })
    void saysWhatItCannotTell(String sql) {
        assertThat(effects(sql).unknowns()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1'; ALTER TABLE t ADD c int DEFAULT f()",
                "CREATE TABLE t (c varchar(5)); ALTER TABLE t ALTER c TYPE text",
                "CREATE DOMAIN d AS varchar(5); CREATE TABLE t (c d); ALTER TABLE t ALTER c TYPE varchar(9)"
            })
    void knowsWhatEarlierStatementsHaveDefined(String sql) {
        assertThat(effects(sql).rewrites()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE t DROP COLUMN c | COLUMN_GONE",
                "ALTER TABLE t RENAME c TO d | COLUMN_RENAMED",
                "ALTER TABLE t RENAME TO u | RELATION_RENAMED",
                "DROP TABLE t | RELATION_GONE",
                "ALTER TABLE t ADD c int NOT NULL | COLUMN_REQUIRED",
                "ALTER TABLE t ALTER c SET NOT NULL | NULLS_REFUSED",
                "ALTER TABLE t ALTER c DROP NOT NULL | NULLS_APPEAR",
                "ALTER TABLE t ADD CHECK (c > 0) NOT VALID | VALUES_REFUSED",
                "ALTER TABLE t ALTER c SET DEFAULT 1 | DEFAULT_CHANGED",
                "ALTER TABLE t ALTER c TYPE text | TYPE_CHANGED",
                "ALTER TABLE t ENABLE ROW LEVEL SECURITY | ROWS_HIDDEN"
            })
    void saysWhatRunningClientsNotice(String sql, ClientEffect.Kind kind) {
        assertThat(effects(sql).clients()).extracting(ClientEffect::kind).contains(kind);
        assertThat(effects("CREATE TABLE t (c int); " + sql).clients()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE t REPLICA IDENTITY NOTHING | IDENTITY_LOST",
                "ALTER TABLE t SET UNLOGGED | NOT_LOGGED",
                "TRUNCATE t | TRUNCATED",
                "UPDATE t SET a = 1 | LARGE_LOG_VOLUME",
                "ALTER TABLE t ADD COLUMN c int | DEFINITION_CHANGED"
            })
    void saysWhatReplicationNotices(String sql, ReplicationEffect.Kind kind) {
        assertThat(effects(sql).replication())
                .extracting(ReplicationEffect::kind)
                .contains(kind);
    }

    @Test
    void holdsLocksUntilTheTransactionEnds() {
        // Given
        List<Statement> script = Parser.parse("""
                ALTER TABLE t ADD COLUMN c int;
                CREATE TABLE n (a int);
                UPDATE u SET a = 1;
                COMMIT;""");

        // When
        HeldLocks held = HeldLocks.NONE;
        for (int i = 0; i < 3; i++) {
            StatementEffects effects = Effects.of(script.get(i), catalog, ServerVersion.OLDEST);
            catalog.apply(script.get(i));
            held = held.after(script.get(i), effects, i, true);
        }

        // Then
        assertThat(held.closed()).containsExactly(TABLE);
        assertThat(held.atLeast(LockMode.ROW_EXCLUSIVE))
                .extracting(HeldLocks.Held::since)
                .containsExactly(0, 2);
        Statement commit = script.getLast();
        StatementEffects nothing = Effects.of(commit, catalog, ServerVersion.OLDEST);
        assertThat(held.after(commit, nothing, 3, true).locks()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ACCESS_SHARE, false, false, false, false",
        "ROW_EXCLUSIVE, false, false, true, false",
        "SHARE_UPDATE_EXCLUSIVE, false, false, true, true",
        "SHARE, false, true, false, true",
        "SHARE_ROW_EXCLUSIVE, false, true, true, true",
        "EXCLUSIVE, false, true, true, true",
        "ACCESS_EXCLUSIVE, true, true, true, true"
    })
    void knowsWhatEachLockBlocks(LockMode mode, boolean reads, boolean writes, boolean ddl, boolean vacuum) {
        assertThat(mode.blocksReads()).isEqualTo(reads);
        assertThat(mode.blocksWrites()).isEqualTo(writes);
        assertThat(mode.blocksDdl()).isEqualTo(ddl);
        assertThat(mode.blocksVacuum()).isEqualTo(vacuum);
    }

    @Test
    void hasAnAnswerForEveryMeasuredStatementEvenWithoutKnowledge() {
        for (Measurement measured : Measurement.of(18)) {
            for (Statement statement : Parser.parse(measured.stmt())) {
                assertThat(statement).as(measured.stmt()).isNotInstanceOf(Statement.Unreadable.class);
                assertThat(Effects.of(statement, new Catalog("public"), ServerVersion.NEWEST))
                        .isNotNull();
            }
        }
    }

    @Test
    void readsAllRowsForANotNullWhenTheSameStatementDropsTheCheck() {
        String table = "CREATE TABLE t (a int, CONSTRAINT c CHECK (a IS NOT NULL)); ALTER TABLE t ";
        assertThat(effects(table + "ALTER a SET NOT NULL").scans()).isEmpty();
        assertThat(effects(table + "ALTER a SET NOT NULL, DROP CONSTRAINT c").scans())
                .isNotEmpty();
    }

    @Test
    void letsAStatementReplaceThePrimaryKey() {
        String table = "CREATE TABLE t (a int PRIMARY KEY); CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t ";
        assertThat(effects(table + "ADD PRIMARY KEY USING INDEX i").failure()).isNotNull();
        assertThat(effects(table + "ADD PRIMARY KEY USING INDEX i, DROP CONSTRAINT t_pkey")
                        .failure())
                .isNull();
    }

    @Test
    void copiesFilesToAnotherTablespaceWithoutReadingRowsOrBuildingIndexes() {
        StatementEffects effects = effects("CREATE TABLE t (a int PRIMARY KEY); ALTER TABLE t SET TABLESPACE fast");
        assertThat(effects.rewrites()).hasSize(1);
        assertThat(effects.scans()).isEmpty();
        assertThat(effects.indexBuilds()).isEmpty();
    }

    /** Of the last statement. */
    private StatementEffects effects(String sql) {
        Catalog own = new Catalog("public");
        List<Statement> statements = Parser.parse(sql);
        statements.subList(0, statements.size() - 1).forEach(own::apply);
        return Effects.of(statements.getLast(), own, ServerVersion.NEWEST);
    }
}
