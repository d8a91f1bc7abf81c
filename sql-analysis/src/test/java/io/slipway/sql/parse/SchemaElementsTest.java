package io.slipway.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableObjectStatement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.catalog.Novelty;
import io.slipway.sql.effect.Effects;
import io.slipway.sql.effect.LockMode;
import io.slipway.sql.effect.LockTaken;
import io.slipway.sql.effect.ServerVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CREATE SCHEMA with elements: each of them a statement in its own place, with the names that it means. */
class SchemaElementsTest {
    private static final String SQL = """
            CREATE SCHEMA x AUTHORIZATION r -- ours
              CREATE VIEW v AS SELECT a.id AS grant, (SELECT 1) AS create FROM a JOIN old USING (id)
              CREATE TABLE a (id bigint PRIMARY KEY, o int REFERENCES old, p bigint REFERENCES a) -- no grant
              CREATE UNIQUE INDEX a_o ON a (o) /* CREATE TABLE b () */
              CREATE SEQUENCE x.q
              CREATE TRIGGER tr AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f('CREATE TABLE')
              GRANT SELECT, INSERT ON a, old TO joe WITH GRANT OPTION
              GRANT CREATE ON SCHEMA x TO joe""";

    @Test
    void readsEachElementInItsPlace() {
        // When
        Statement.CreateSchema schema = schema(SQL);

        // Then
        assertThat(schema.name()).isEqualTo("x");
        assertThat(schema.span().start().offset()).isZero();
        assertThat(schema.span().end()).isEqualTo(SQL.length());
        assertThat(schema.parts())
                .extracting(part ->
                        SQL.substring(part.span().start().offset(), part.span().end()))
                .containsExactly(
                        "CREATE SEQUENCE x.q",
                        "CREATE TABLE a (id bigint PRIMARY KEY, o int REFERENCES old, p bigint REFERENCES a)",
                        "CREATE VIEW v AS SELECT a.id AS grant, (SELECT 1) AS create FROM a JOIN old USING (id)",
                        "CREATE UNIQUE INDEX a_o ON a (o)",
                        "CREATE TRIGGER tr AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f('CREATE TABLE')",
                        "GRANT SELECT, INSERT ON a, old TO joe WITH GRANT OPTION",
                        "GRANT CREATE ON SCHEMA x TO joe");
        var column = ((Statement.CreateTable) schema.parts().get(1)).columns().get(1);
        assertThat(column.constraints().getFirst().references()).isEqualTo(Name.of("old"));
        assertThat(schema.parts().get(1).span().start().line()).isEqualTo(3);
        assertThat(schema.parts().get(1).span().start().column()).isEqualTo(3);
    }

    @Test
    void leadsNamesToTheNewSchemaWhereItHasThem() {
        // When
        List<Statement> parts = schema(SQL).parts();

        // Then
        Name a = new Name("x", "a");
        Name old = Name.of("old");
        assertThat(parts.get(0)).isInstanceOfSatisfying(Statement.CreateObject.class, sequence -> {
            assertThat(sequence.kind()).isEqualTo(ObjectKind.SEQUENCE);
            assertThat(sequence.name()).isEqualTo(new Name("x", "q"));
        });
        assertThat(parts.get(1)).isInstanceOfSatisfying(Statement.CreateTable.class, table -> {
            assertThat(table.name()).isEqualTo(a);
            assertThat(table.allConstraints())
                    .extracting(constraint -> constraint.references())
                    .containsExactly(null, old, a);
        });
        assertThat(parts.get(2)).isInstanceOfSatisfying(Statement.CreateView.class, view -> {
            assertThat(view.name()).isEqualTo(new Name("x", "v"));
            assertThat(view.reads().relations()).containsExactly(a, old);
        });
        assertThat(parts.get(3)).isInstanceOfSatisfying(Statement.CreateIndex.class, index -> assertThat(index.table())
                .isEqualTo(a));
        assertThat(parts.get(4))
                .isInstanceOfSatisfying(TableObjectStatement.CreateTrigger.class, trigger -> assertThat(trigger.table())
                        .isEqualTo(a));
        assertThat(parts.get(5))
                .isInstanceOfSatisfying(AccessStatement.Grant.class, grant -> assertThat(grant.objects())
                        .containsExactly(a, old));
    }

    @Test
    void locksWhatIsOutsideOnly() {
        // When
        var effects = Effects.of(schema(SQL), new Catalog("public"), ServerVersion.NEWEST);

        // Then
        assertThat(effects.locks())
                .extracting(LockTaken::relation, LockTaken::mode)
                .containsExactly(tuple(new Name("public", "old"), LockMode.SHARE_ROW_EXCLUSIVE));
        assertThat(effects.indexBuilds()).isEmpty();
        assertThat(effects.unknowns()).isEmpty();
        assertThat(effects.failure()).isNull();
    }

    @Test
    void putsTheElementsInTheCatalogue() {
        // Given
        Catalog catalog = new Catalog("public");
        Statement.CreateSchema schema = schema(SQL);

        // When
        schema.parts().forEach(catalog::apply);
        catalog.apply(schema);

        // Then
        Name a = new Name("x", "a");
        assertThat(catalog.relation(Name.of("a"))).isEmpty();
        assertThat(catalog.novelty(a)).isEqualTo(Novelty.NEW);
        assertThat(catalog.tableOfIndex(new Name("x", "a_o")))
                .hasValueSatisfying(table -> assertThat(table.name()).isEqualTo(a));
        assertThat(catalog.viewsOn(a)).hasSize(1);
        assertThat(catalog.schemaNovelty("x")).isEqualTo(Novelty.NEW);
    }

    @Test
    void callsTheSchemaLikeItsOwnerWhereItHasNoName() {
        assertThat(schema("CREATE SCHEMA AUTHORIZATION joe CREATE TABLE t (a int)")
                        .parts())
                .singleElement()
                .isInstanceOfSatisfying(Statement.CreateTable.class, table -> assertThat(table.name())
                        .isEqualTo(new Name("joe", "t")));
    }

    /** As a server of version 18 does. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE SCHEMA IF NOT EXISTS x CREATE TABLE t (a int) | line 2, column 1: with IF NOT EXISTS a schema can have no elements",
                "CREATE SCHEMA x CREATE TABLE s.t (a int) | line 2, column 17: s.t is not in the schema x, which is new",
                "CREATE SCHEMA x CREATE INDEX ON t (a) | line 2, column 17: t is not in the schema x, which is new",
                "CREATE SCHEMA x CREATE TABLE t AS SELECT 1 | line 2, column 17: an element of a schema can be",
                "CREATE SCHEMA x CREATE TEMP TABLE t (a int) | line 2, column 17: an element of a schema can be",
                "CREATE SCHEMA x CREATE MATERIALIZED VIEW v AS SELECT 1 | line 2, column 17: an element of a schema can be",
                "CREATE SCHEMA x CREATE TABLE t (a int) CREATE INDEX CONCURRENTLY ON t (a) | line 2, column 40: an element",
                "CREATE SCHEMA x CREATE TABLE t (a int) GRANT r TO joe | line 2, column 40: an element of a schema can be",
                "CREATE SCHEMA x CREATE TABLE t (a int) CREATE TABLE | line 2, column 47: no viable",
                "CREATE SCHEMA x CREATE TABLE t (a int) REVOKE SELECT ON t FROM joe | line 2, column 40: "
            })
    void refusesWhatPostgresqlRefuses(String sql, String reason) {
        assertThat(Parser.parse("SELECT 1;\n" + sql).getLast())
                .isInstanceOfSatisfying(Statement.Unreadable.class, unreadable -> assertThat(unreadable.reason())
                        .startsWith(reason));
    }

    private static Statement.CreateSchema schema(String sql) {
        List<Statement> statements = Parser.parse(sql);
        assertThat(statements).singleElement().isInstanceOf(Statement.CreateSchema.class);
        return (Statement.CreateSchema) statements.getFirst();
    }
}
