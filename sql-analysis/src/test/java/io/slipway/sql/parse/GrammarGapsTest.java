package io.slipway.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.MaintenanceStatement;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.effect.Effects;
import io.slipway.sql.effect.LockMode;
import io.slipway.sql.effect.ServerVersion;
import io.slipway.sql.effect.StatementEffects;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that PostgreSQL takes and the grammar does not: read all the same, with every place and effect right. */
class GrammarGapsTest {
    private static final Name T = Name.of("t");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP FUNCTION a(), s.b(int, \"x, y\")",
                "DROP PROCEDURE IF EXISTS a, s.b RESTRICT",
                "DROP ROUTINE a(int), s.b(text)",
                "DROP AGGREGATE a(int), s.b(*)\nCASCADE"
            })
    void readsSeveralRoutines(String sql) {
        // When
        Statement statement = one(sql);

        // Then
        assertThat(statement).isInstanceOfSatisfying(Statement.DropObject.class, drop -> {
            assertThat(drop.kind()).isEqualTo(ObjectKind.ROUTINE);
            assertThat(drop.names()).containsExactly(Name.of("a"), new Name("s", "b"));
            assertThat(drop.ifExists()).isEqualTo(sql.contains("IF EXISTS"));
            assertThat(drop.cascade()).isEqualTo(sql.contains("CASCADE"));
        });
        assertSpansAll(statement, sql);
    }

    @Test
    void readsOptionsThatAreReset() {
        String sql = "ALTER TABLE t RESET (fillfactor = 70, toast.autovacuum_enabled), ADD COLUMN a int";
        assertThat(one(sql)).isInstanceOfSatisfying(Statement.AlterTable.class, alter -> {
            assertThat(alter.actions())
                    .hasExactlyElementsOfTypes(TableAction.TableSetting.class, TableAction.AddColumn.class);
            assertThat(alter.actions().getLast().span().start().column()).isEqualTo(sql.indexOf("ADD") + 1);
        });
        assertThat(effects("ALTER TABLE t RESET (fillfactor = 70)").lockOn(new Name("public", "t")))
                .contains(LockMode.SHARE_UPDATE_EXCLUSIVE);
    }

    @Test
    void readsOptionsOfMemberships() {
        assertThat(one("GRANT r1, r2 TO r3 WITH INHERIT TRUE, SET FALSE")).satisfies(grant -> membership(grant, false));
        assertThat(one("GRANT r1, r2 TO r3 WITH INHERIT FALSE, ADMIN OPTION, SET TRUE GRANTED BY r4"))
                .satisfies(grant -> membership(grant, true));
        assertThat(one("GRANT r1, r2 TO r3 WITH ADMIN FALSE, SET TRUE")).satisfies(grant -> membership(grant, false));
    }

    private static void membership(Statement statement, boolean passedOn) {
        assertThat(statement).isInstanceOfSatisfying(AccessStatement.Grant.class, grant -> {
            assertThat(grant.membership()).isTrue();
            assertThat(grant.privileges()).containsExactly("r1", "r2");
            assertThat(grant.roles()).containsExactly("r3");
            assertThat(grant.passedOn()).isEqualTo(passedOn);
        });
    }

    @Test
    void readsSystemUser() {
        String sql = "ALTER TABLE t ADD COLUMN a text DEFAULT SYSTEM_USER, ADD COLUMN b text DEFAULT 'system_user'";
        assertThat(one(sql)).isInstanceOfSatisfying(Statement.AlterTable.class, alter -> {
            var added = (TableAction.AddColumn) alter.actions().getFirst();
            assertThat(added.column().value()).isNotNull();
            assertThat(added.column().value().text()).isEqualTo("SYSTEM_USER");
            assertThat(added.column().value().uses().functions()).containsExactly(Name.of("system_user"));
            var string = (TableAction.AddColumn) alter.actions().getLast();
            assertThat(string.column().value().uses().strings()).containsExactly("system_user");
        });
        assertThat(effects(sql).rewrites()).isEmpty();
        assertThat(effects(sql).unknowns()).isEmpty();
    }

    @Test
    void readsTimesAtTheZoneOfTheSession() {
        String sql = "UPDATE t SET a = b AT  LOCAL, c = '$ at local' WHERE d = 1";
        assertThat(one(sql)).isInstanceOfSatisfying(Statement.Update.class, update -> {
            assertThat(update.table()).isEqualTo(T);
            assertThat(update.assignments().getFirst().expression()).isEqualTo("b AT  LOCAL");
            assertThat(update.reads().columns()).containsExactly("b", "d");
            assertThat(update.reads().strings()).containsExactly("$ at local");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VACUUM (BUFFER_USAGE_LIMIT '1 GB') t",
                "VACUUM (FULL, BUFFER_USAGE_LIMIT 0, ANALYZE) t",
                "vacuum (verbose, buffer_usage_limit 256) t"
            })
    void readsBuffersOfVacuum(String sql) {
        assertThat(one(sql)).isInstanceOfSatisfying(MaintenanceStatement.Vacuum.class, vacuum -> {
            assertThat(vacuum.tables()).containsExactly(T);
            assertThat(vacuum.full()).isEqualTo(sql.contains("FULL"));
            assertThat(vacuum.analyze()).isEqualTo(sql.contains("ANALYZE"));
        });
    }

    @Test
    void readsBuffersOfAnalyze() {
        assertThat(one("ANALYZE (BUFFER_USAGE_LIMIT '1MB', VERBOSE) t"))
                .isInstanceOfSatisfying(MaintenanceStatement.Analyze.class, analyze -> assertThat(analyze.tables())
                        .containsExactly(T));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t AS EXECUTE q",
                "CREATE TABLE t AS EXECUTE q WITH DATA",
                "CREATE TABLE t AS\nEXECUTE\n\"as execute q\" -- end",
                "CREATE TABLE IF NOT EXISTS t AS EXECUTE q(1, 'as execute x')"
            })
    void readsTablesOfPreparedQueries(String sql) {
        // When
        Statement statement = one(sql);

        // Then
        assertThat(statement).isInstanceOfSatisfying(Statement.CreateTable.class, table -> {
            assertThat(table.name()).isEqualTo(T);
            assertThat(table.fromQuery()).isTrue();
            assertThat(table.columns()).isEmpty();
            assertThat(table.parts()).singleElement().satisfies(part -> assertThat(text(part, sql))
                    .matches("EXECUTE\\s(q|\"as execute q\")"));
        });
        assertThat(statement.span().start().offset()).isZero();
        assertThat(effects(sql).unknowns()).containsExactly("EXECUTE is not analysed.");
        Catalog catalog = new Catalog("public");
        catalog.apply(statement);
        assertThat(catalog.relation(T)).hasValueSatisfying(table -> {
            assertThat(table.complete()).isFalse();
            assertThat(table.columns()).isEmpty();
        });
    }

    @Test
    void readsWhetherConstraintsAreEnforced() {
        String sql = "ALTER TABLE t ALTER CONSTRAINT C NOT\nENFORCED, ALTER CONSTRAINT \"My \"\"c\" enforced,"
                + " ALTER CONSTRAINT d DEFERRABLE NOT ENFORCED INITIALLY DEFERRED, ALTER CONSTRAINT \"e NOT ENFORCED\" DEFERRABLE,"
                + " ADD COLUMN a text DEFAULT 'alter constraint c enforced'";

        // When
        Statement statement = one(sql);

        // Then
        assertThat(statement).isInstanceOfSatisfying(Statement.AlterTable.class, alter -> {
            assertThat(alter.actions().subList(0, 4))
                    .extracting(action -> {
                        var altered = (TableAction.AlterConstraint) action;
                        return altered.name() + " " + altered.enforcement();
                    })
                    .containsExactly("c NOT_ENFORCED", "My \"c ENFORCED", "d NOT_ENFORCED", "e NOT ENFORCED AS_BEFORE");
            assertThat(alter.actions().subList(0, 4))
                    .extracting(action -> sql.substring(
                            action.span().start().offset(), action.span().end()))
                    .containsExactly(
                            "ALTER CONSTRAINT C NOT\nENFORCED",
                            "ALTER CONSTRAINT \"My \"\"c\" enforced",
                            "ALTER CONSTRAINT d DEFERRABLE NOT ENFORCED INITIALLY DEFERRED",
                            "ALTER CONSTRAINT \"e NOT ENFORCED\" DEFERRABLE");
            assertThat(alter.actions().getLast()).isInstanceOfSatisfying(TableAction.AddColumn.class, add -> assertThat(
                            add.column().value())
                    .satisfies(value ->
                            assertThat(value.uses().strings()).containsExactly("alter constraint c enforced")));
        });
    }

    @Test
    void saysThatTheOtherTableOfAnUnknownConstraintIsLockedToo() {
        assertThat(effects("ALTER TABLE t ALTER CONSTRAINT c ENFORCED").unknowns())
                .containsExactly(
                        "SHARE ROW EXCLUSIVE is taken on the table that the foreign key c points to, which is read as well.");
        assertThat(effects("ALTER TABLE t ALTER CONSTRAINT c NOT ENFORCED").unknowns())
                .containsExactly("ACCESS EXCLUSIVE is taken on the table that the foreign key c points to.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP FUNCTION a(), ",
                "CREATE TABLE t AS EXECUTE",
                "CREATE TABLE t AS EXECUTE q r",
                "ALTER TABLE t ALTER CONSTRAINT c NOT ENFORCED VALID",
                "ALTER TABLE t ALTER CONSTRAINT ENFORCED NOT",
                "DROP FUNCTION a() b()",
                "GRANT r1 TO r2 WITH INHERIT TRUE, SET MAYBE"
            })
    void saysWhatIsStillNotRead(String sql) {
        assertThat(one(sql)).isInstanceOf(Statement.Unreadable.class);
    }

    private static Statement one(String sql) {
        List<Statement> statements = Parser.parse("SELECT 1;\n" + sql);
        assertThat(statements).hasSize(2);
        Statement statement = statements.getLast();
        assertThat(statement.span().start().line()).isEqualTo(2);
        return Parser.parse(sql).getFirst();
    }

    private static String text(Statement statement, String sql) {
        return sql.substring(statement.span().start().offset(), statement.span().end());
    }

    private static void assertSpansAll(Statement statement, String sql) {
        assertThat(statement.span().start().offset()).isZero();
        assertThat(statement.span().length()).isEqualTo(sql.length());
    }

    private static StatementEffects effects(String sql) {
        return Effects.of(one(sql), new Catalog("public"), ServerVersion.NEWEST);
    }
}
