package io.slipway.sql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.parse.Parser;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
    private final Catalog catalog = new Catalog("public");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 | EXISTING",
                "CREATE TABLE t (a int) | NEW",
                "CREATE TABLE app.t (a int) | EXISTING",
                "SET search_path TO app; CREATE TABLE t (a int); SET search_path TO public | EXISTING",
                "CREATE TABLE IF NOT EXISTS t (a int) | LIKELY_NEW",
                "CREATE TEMP TABLE t (a int) | NEW",
                "CREATE TABLE t (a int); DROP TABLE t | EXISTING",
                "CREATE TABLE u (a int); ALTER TABLE u RENAME TO t | NEW",
                "CREATE TABLE t (a int); ALTER TABLE t RENAME TO u | EXISTING",
                "CREATE TABLE t (a int); ROLLBACK | EXISTING",
                "CREATE TABLE t (a int); COMMIT; DROP TABLE u; ROLLBACK | NEW",
                "CREATE TABLE t (a int); SAVEPOINT x; DROP TABLE t; ROLLBACK TO x | NEW",
                "SAVEPOINT x; CREATE TABLE t (a int); SAVEPOINT y; ROLLBACK TO x | EXISTING",
                "CREATE SCHEMA public | NEW",
                "CREATE TABLE t (a int) PARTITION BY LIST (a); ALTER TABLE t ATTACH PARTITION old DEFAULT | EXISTING"
            })
    void knowsWhatThePendingScriptsHaveCreated(String script, Novelty expected) {
        // When
        replay(script);

        // Then
        assertThat(catalog.novelty(Name.of("t"))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE t ALTER a SET NOT NULL | true",
                "ALTER TABLE t ADD CHECK (a IS NOT NULL) | true",
                "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID | false",
                "ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c | true",
                "ALTER TABLE t ADD CHECK (a IS NOT NULL OR b > 0) | false",
                "ALTER TABLE t ADD PRIMARY KEY (a) | true",
                "CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t ADD PRIMARY KEY USING INDEX i | true",
                "ALTER TABLE t ALTER a SET NOT NULL; ALTER TABLE t ALTER a DROP NOT NULL | false",
                "ALTER TABLE t RENAME b TO c | false"
            })
    void knowsWhichColumnsCannotBeNull(String script, boolean proven) {
        // When
        replay("CREATE TABLE t (a int, b int); " + script);

        // Then
        assertThat(catalog.relation(Name.of("t")).orElseThrow().provenNotNull("a"))
                .isEqualTo(proven);
    }

    @Test
    void namesConstraintsAndIndexesAsPostgreSqlDoes() {
        // When
        replay("""
                CREATE TABLE r (id int PRIMARY KEY);
                CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE, b int REFERENCES r CHECK (b > 0), CHECK (a > b));
                CREATE INDEX ON t (a, lower(b::text));
                CREATE INDEX ON t (a, lower(b::text));""");

        // Then
        Relation table = catalog.relation(Name.of("t")).orElseThrow();
        assertThat(table.constraints())
                .extracting(Constraint::name)
                .containsExactly("t_pkey", "t_a_key", "t_b_fkey", "t_b_check", "t_check");
        assertThat(table.indexes())
                .extracting(Index::name)
                .containsExactly("t_pkey", "t_a_key", "t_a_lower_idx", "t_a_lower_idx1");
        assertThat(catalog.referencing(Name.of("r")))
                .extracting(Relation::name)
                .containsExactly(new Name("public", "t"));
    }

    @Test
    void takesChangesOfAPartitionedTableToItsPartitions() {
        // When
        replay("""
                CREATE TABLE p (a int) PARTITION BY RANGE (a);
                CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2) PARTITION BY RANGE (a);
                CREATE TABLE p11 PARTITION OF p1 DEFAULT;
                ALTER TABLE p ADD COLUMN b int;
                ALTER TABLE p1 RENAME TO p2;
                CREATE INDEX ON p (b);""");

        // Then
        Relation leaf = catalog.relation(Name.of("p11")).orElseThrow();
        assertThat(leaf.column("b")).isPresent();
        assertThat(leaf.indexes()).extracting(Index::name).containsExactly("p11_b_idx");
        assertThat(leaf.attachments().partitionOf()).isEqualTo(new Name("public", "p2"));
    }

    @Test
    void tellsTheUnknownFromTheAbsent() {
        // Given
        catalog.size(Name.of("big"), new TableSize(1_000_000, 1L << 30));

        // When
        replay("CREATE TABLE t (a int); ALTER TABLE other ADD COLUMN b int");

        // Then
        assertThat(catalog.relation(Name.of("nobody"))).isEmpty();
        assertThat(catalog.relation(Name.of("other")).orElseThrow().complete()).isFalse();
        assertThat(catalog.relation(Name.of("big")).orElseThrow().complete()).isFalse();
        assertThat(catalog.relation(Name.of("t")).orElseThrow().complete()).isTrue();
    }

    @Test
    void takesInWhatAServiceHasReadOfTheLiveDatabase() {
        // Given
        Name table = new Name("public", "t");
        var check = new Constraint(
                "c",
                Constraint.Kind.CHECK,
                List.of("a"),
                Parser.expression("(a IS NOT NULL)"),
                true,
                true,
                false,
                false,
                null,
                null);

        // When
        catalog.add(Relation.existing(
                table,
                Relation.Kind.TABLE,
                List.of(TableColumn.of("a", Parser.type("character varying(10)"), false)),
                List.of(check),
                List.of()));
        catalog.startScript();
        replay("ALTER TABLE t ADD b int; ROLLBACK");

        // Then
        Relation known = catalog.relation(Name.of("t")).orElseThrow();
        assertThat(known.provenNotNull("a")).isTrue();
        assertThat(known.column("a").orElseThrow().type().modifiers()).containsExactly(10);
        assertThat(known.column("b")).isEmpty();
        assertThat(catalog.novelty(table)).isEqualTo(Novelty.EXISTING);
    }

    @Test
    void forgetsTemporaryTablesAndSettingsAtTheEndOfAScript() {
        // Given
        replay("CREATE TEMP TABLE t (a int); SET timezone = 'Europe/Paris'; SET search_path = app");

        // When
        catalog.startScript();

        // Then
        assertThat(catalog.relation(Name.of("t"))).isEmpty();
        assertThat(catalog.timeZone()).isEmpty();
        assertThat(catalog.resolve(Name.of("t"))).isEqualTo(new Name("public", "t"));
    }

    @Test
    void takesTimeInProportionToTheNumberOfStatements() {
        // Given
        StringBuilder script = new StringBuilder();
        IntStream.range(0, 3_000)
                .forEach(i -> script.append("CREATE TABLE t%1$d (a int);ALTER TABLE t%1$d ADD b int;".formatted(i)));
        var statements = Parser.parse(script.toString());
        long start = System.nanoTime();

        // When
        statements.forEach(catalog::apply);

        // Then: a quadratic one takes minutes.
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
        assertThat(catalog.relations()).hasSize(3_000);
    }

    private void replay(String script) {
        List.copyOf(Parser.parse(script)).forEach(catalog::apply);
    }
}
