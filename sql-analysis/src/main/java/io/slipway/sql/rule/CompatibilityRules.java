package io.slipway.sql.rule;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.rule.Rule.Category.COMPATIBILITY;

import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Column.Filling;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import java.util.ArrayList;
import java.util.List;

/** What columns promise to the release of the application that is running right now. */
final class CompatibilityRules {
    private static final String AX = "ACCESS EXCLUSIVE on the table, for a moment: blocks all reads and writes.";

    private CompatibilityRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("add-required-column")
                        .error(COMPATIBILITY, "A new column that is NOT NULL and has no default")
                        .happens(
                                "PostgreSQL refuses it when the table is not empty. When it is, every INSERT of the running"
                                        + " release that does not name the column fails from then on.")
                        .locks(AX)
                        .bad(
                                "ALTER TABLE orders ADD COLUMN state text NOT NULL;",
                                "ALTER TABLE orders ADD state text NOT NULL DEFAULT NULL;",
                                "ALTER TABLE orders ADD key uuid PRIMARY KEY;")
                        .good(
                                "ALTER TABLE orders ADD state text;",
                                "ALTER TABLE orders ADD state text NOT NULL DEFAULT 'new';",
                                "ALTER TABLE orders ADD n int GENERATED ALWAYS AS IDENTITY NOT NULL;",
                                "CREATE TABLE t (id int); ALTER TABLE t ADD state text NOT NULL;")
                        .statement(CompatibilityRules::addRequiredColumn),
                Rule.named("change-default")
                        .info(COMPATIBILITY, "SET DEFAULT on an existing column")
                        .in(Profile.ADVICE)
                        .happens(
                                "The running release may rely on the former default; rows that it inserts get the new one from"
                                        + " now on.")
                        .locks(AX)
                        .bad("ALTER TABLE orders ALTER state SET DEFAULT 'open';")
                        .good("ALTER TABLE orders ADD state text; ALTER TABLE orders ALTER state SET DEFAULT 'open';")
                        .statement(CompatibilityRules::changeDefault),
                Rule.named("add-json-column")
                        .warning(COMPATIBILITY, "A column of type json")
                        .happens(
                                "The type json has no equality: SELECT DISTINCT, GROUP BY and UNION over a row with such a column"
                                        + " fail at run time. It cannot be indexed either.")
                        .bad("ALTER TABLE orders ADD payload json;", "CREATE TABLE t (id int, payload json);")
                        .good("ALTER TABLE orders ADD payload jsonb;")
                        .statement(CompatibilityRules::addJson),
                Rule.named("function-signature-change")
                        .warning(COMPATIBILITY, "DROP FUNCTION and CREATE FUNCTION of the same name")
                        .happens(
                                "Callers of the old signature fail once this commits, views and triggers that use it block the"
                                        + " DROP, and its privileges are gone.")
                        .bad(
                                "DROP FUNCTION total(int); CREATE FUNCTION total(int, int) RETURNS int LANGUAGE sql AS 'SELECT 1';")
                        .good(
                                "CREATE OR REPLACE FUNCTION total(int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
                                "CREATE FUNCTION total_v2(int, int) RETURNS int LANGUAGE sql AS 'SELECT 1';")
                        .phrase(CompatibilityRules::signature));
    }

    private static List<Hit> addRequiredColumn(Statement statement, Situation situation) {
        List<Hit> hits = new ArrayList<>();
        if (statement instanceof Statement.AlterTable alter && situation.exists(alter.name())) {
            for (TableAction action : alter.actions()) {
                if (action instanceof TableAction.AddColumn add
                        && add.column().notNull()
                        && add.column().filling() == Filling.NOTHING) {
                    hits.add(addRequiredColumn(alter.name(), add));
                }
            }
        }
        return hits;
    }

    private static Hit addRequiredColumn(Name table, TableAction.AddColumn add) {
        Column column = add.column();
        String check = Name.quoted(table.local() + "_" + column.name() + "_not_null");
        return Hit.of(
                        add.span(),
                        "ADD COLUMN %s NOT NULL without a default fails as soon as %s has a row."
                                .formatted(Name.quoted(column.name()), table.sql()))
                .locks(ACCESS_EXCLUSIVE.on(table))
                .safer("""
                ALTER TABLE %1$s ADD COLUMN %2$s %3$s;
                -- Fill it in batches, then, in a migration of its own:
                ALTER TABLE %1$s ADD CONSTRAINT %4$s CHECK (%2$s IS NOT NULL) NOT VALID;
                -- And in one more, which reads the table without blocking it:
                ALTER TABLE %1$s VALIDATE CONSTRAINT %4$s;
                -- And in the last one:
                ALTER TABLE %1$s ALTER COLUMN %2$s SET NOT NULL;
                ALTER TABLE %1$s DROP CONSTRAINT %4$s;""".formatted(
                        table.sql(), Name.quoted(column.name()), column.type().text(), check));
    }

    private static List<Hit> changeDefault(Statement statement, Situation situation) {
        return statement instanceof Statement.AlterTable alter
                ? alter.actions().stream()
                        .filter(action -> action instanceof TableAction.SetDefault set
                                && situation
                                        .pending()
                                        .column(alter.name(), set.column())
                                        .existing())
                        .map(action -> Hit.of(
                                action.span(),
                                "The default of a column of %s changes."
                                        .formatted(alter.name().sql())))
                        .toList()
                : List.of();
    }

    private static List<Hit> addJson(Statement statement, Situation situation) {
        return Columns.declared(statement).stream()
                .filter(declared -> declared.type().equals("json"))
                .map(declared -> Hit.of(
                                declared.at(),
                                "%s is of type json."
                                        .formatted(Name.quoted(declared.column().name())))
                        .safer(declared.withType("jsonb")))
                .toList();
    }

    private static List<Hit> signature(Phrase phrase, Situation situation) {
        boolean drops = phrase.starts("DROP FUNCTION") || phrase.starts("DROP PROCEDURE");
        if (!drops) {
            return List.of();
        }
        String kind = phrase.word(1);
        return phrase.nameAfter(kind).stream()
                .filter(name ->
                        situation
                                .file()
                                .phrases()
                                .subList(
                                        situation.index() + 1,
                                        situation.file().phrases().size())
                                .stream()
                                .anyMatch(next -> (next.starts("CREATE " + kind)
                                                || next.starts("CREATE OR REPLACE " + kind))
                                        && next.nameAfter(kind)
                                                .filter(other ->
                                                        situation.pending().same(other, name))
                                                .isPresent()))
                .map(name -> situation
                        .hit("The signature of %s changes under its callers.".formatted(name.sql()))
                        .safer(
                                "-- Leave the old one until no release calls it, and give the new one a name of its own:\n"
                                        + "-- CREATE FUNCTION %s(...)"
                                                .formatted(name.sibling(name.local() + "_v2")
                                                        .sql())))
                .toList();
    }
}
