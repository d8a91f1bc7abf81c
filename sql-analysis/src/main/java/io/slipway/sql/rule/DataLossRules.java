package io.slipway.sql.rule;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.ROW_EXCLUSIVE;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.Filter;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Novelty;
import io.slipway.sql.rule.Rule.Category;
import io.slipway.sql.rule.Rule.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Rules about rows that no undo script brings back. */
final class DataLossRules {
    /** A table renamed to this ending has been out of use for a release: dropping it is only warned of. */
    static final String TO_BE_DELETED = "_del";

    private DataLossRules() {}

    static List<Rule> all() {
        return List.of(
                rule("drop-table", "DROP TABLE on a table that holds rows", DataLossRules::dropTable),
                rule("drop-schema", "DROP SCHEMA", DataLossRules::dropSchema),
                rule("drop-database", "DROP DATABASE", DataLossRules::dropDatabase),
                rule("drop-column", "DROP COLUMN on a column that holds values", DataLossRules::dropColumn),
                rule("truncate", "TRUNCATE", DataLossRules::truncate),
                rule("delete-without-where", "DELETE of every row of a table", DataLossRules::delete),
                rule("update-without-where", "UPDATE of every row of a table", DataLossRules::update));
    }

    private static Rule rule(String id, String title, Check check) {
        return new Rule(id, Severity.ERROR, Category.DATA_LOSS, title, check);
    }

    private static List<Hit> dropTable(Statement statement, Situation situation) {
        List<Name> tables =
                dropped(statement, ObjectKind.TABLE, name -> situation.pending().relation(name) != Novelty.NEW);
        if (tables.isEmpty()) {
            return List.of();
        }
        boolean announced = tables.stream().allMatch(table -> table.local().endsWith(TO_BE_DELETED));
        String safer = each(tables, table -> """
                -- This release: out of the way, nothing lost; renaming it back undoes it.
                ALTER TABLE %s RENAME TO %s;
                -- A later release, after a backup:
                -- DROP TABLE %s;""".formatted(
                        table.sql(),
                        Name.quoted(toBeDeleted(table.local())),
                        table.sibling(toBeDeleted(table.local())).sql()));
        return List.of(Hit.of(
                        statement.span(),
                        "DROP TABLE deletes " + list(tables) + " with all rows.",
                        "The rows are gone when the transaction commits: an undo script brings back the table, not its"
                                + " content. Clients that still use it fail." + cascade(statement),
                        ACCESS_EXCLUSIVE.on(tables) + " The same on every table that its foreign keys point to.",
                        announced ? null : safer)
                .softenedIf(announced));
    }

    private static List<Hit> dropSchema(Statement statement, Situation situation) {
        List<Name> schemas = dropped(
                statement, ObjectKind.SCHEMA, name -> situation.pending().schema(name.local()) != Novelty.NEW);
        if (schemas.isEmpty()) {
            return List.of();
        }
        return List.of(Hit.of(
                statement.span(),
                "DROP SCHEMA deletes " + list(schemas) + ".",
                statement instanceof Statement.DropObject drop && drop.cascade()
                        ? "CASCADE deletes every table in it with all rows, and all that depends on them elsewhere. Only a"
                                + " backup brings it back."
                        : "PostgreSQL refuses it as long as anything is in it. Clients that have it in their search path"
                                + " go on without it.",
                "ACCESS EXCLUSIVE on every table in it until the transaction ends: blocks all reads and writes.",
                each(schemas, schema -> """
                        -- This release: out of the way, nothing lost; renaming it back undoes it.
                        ALTER SCHEMA %s RENAME TO %s;""".formatted(schema.sql(), Name.quoted(toBeDeleted(schema.local()))))));
    }

    private static List<Hit> dropDatabase(Statement statement, Situation situation) {
        List<Name> databases = dropped(
                statement, ObjectKind.DATABASE, name -> situation.pending().database(name.local()) != Novelty.NEW);
        if (databases.isEmpty()) {
            return List.of();
        }
        return List.of(Hit.of(
                statement.span(),
                "DROP DATABASE deletes " + list(databases) + " with all that is in it.",
                "There is no undo, and it cannot run in a transaction. Only a backup brings it back.",
                null,
                each(databases, database -> """
                        -- Nobody connects any more, nothing is lost.
                        ALTER DATABASE %s WITH ALLOW_CONNECTIONS false;""".formatted(database.sql()))));
    }

    private static List<Hit> dropColumn(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.AlterTable alter)) {
            return List.of();
        }
        List<Hit> hits = new ArrayList<>();
        for (TableAction action : alter.actions()) {
            if (action instanceof TableAction.DropColumn drop
                    && situation.pending().column(alter.name(), drop.column()) != Novelty.NEW) {
                hits.add(dropColumn(alter.name(), drop));
            }
        }
        return hits;
    }

    private static Hit dropColumn(Name table, TableAction.DropColumn drop) {
        String column = Name.quoted(drop.column());
        return Hit.of(
                drop.span(),
                "DROP COLUMN deletes %s of %s with all its values.".formatted(column, table.sql()),
                "An undo script brings back the column, not its values. Clients of the running release that name it fail;"
                        + " its indexes and constraints go with it.",
                ACCESS_EXCLUSIVE.on(table),
                """
                -- This release: clients stop using it, and new rows need no value for it.
                ALTER TABLE %1$s ALTER COLUMN %2$s DROP NOT NULL;
                -- A later release, after a backup:
                -- ALTER TABLE %1$s DROP COLUMN %2$s;""".formatted(table.sql(), column));
    }

    private static List<Hit> truncate(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.Truncate truncate)) {
            return List.of();
        }
        List<Name> tables = truncate.tables().stream()
                .filter(table -> situation.pending().relation(table) != Novelty.NEW)
                .toList();
        if (tables.isEmpty()) {
            return List.of();
        }
        String cascade = truncate.cascade() ? " CASCADE empties every table that refers to it as well." : "";
        return List.of(Hit.of(
                statement.span(),
                "TRUNCATE deletes all rows of " + list(tables) + ".",
                "The rows are gone when the transaction commits; no undo script brings them back." + cascade,
                ACCESS_EXCLUSIVE.on(tables),
                each(tables, DataLossRules::deleteInBatches)));
    }

    private static List<Hit> delete(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.Delete delete)
                || delete.hasWhere()
                || situation.pending().relation(delete.table()) == Novelty.NEW) {
            return List.of();
        }
        return List.of(Hit.of(
                delete.span(),
                "DELETE removes every row of %s: %s.".formatted(delete.table().sql(), why(delete.filter())),
                "No undo script brings the rows back. Every row is locked and written to the log in one transaction.",
                everyRow(delete.table()),
                deleteInBatches(delete.table())));
    }

    private static List<Hit> update(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.Update update)
                || update.hasWhere()
                || !situation.pending().relation(update.table()).existing()) {
            return List.of();
        }
        return List.of(Hit.of(
                update.span(),
                "UPDATE changes every row of %s: %s.".formatted(update.table().sql(), why(update.filter())),
                "The former values are lost. Every row is written anew and stays locked until the transaction ends; the"
                        + " table grows to twice its size.",
                everyRow(update.table()),
                update.assignments().isEmpty() ? null : updateInBatches(update)));
    }

    private static String everyRow(Name table) {
        return ROW_EXCLUSIVE.on(table) + " Every row is locked, so whoever changes any of them waits.";
    }

    private static String why(Filter filter) {
        return filter == Filter.TAUTOLOGY ? "its WHERE holds for all of them" : "it has no WHERE";
    }

    private static String deleteInBatches(Name table) {
        return """
                -- Outside of the migration, until no row is left:
                DELETE FROM %1$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s LIMIT 10000));""".formatted(table.sql());
    }

    private static String updateInBatches(Statement.Update update) {
        String set = update.assignments().stream()
                .map(assignment -> assignment.column() + " = " + assignment.expression())
                .collect(Collectors.joining(", "));
        String pending = update.assignments().stream()
                .map(assignment -> assignment.column() + " IS DISTINCT FROM (" + assignment.expression() + ")")
                .collect(Collectors.joining(" OR "));
        return """
                -- In batches, each a transaction of its own, until no row is left:
                UPDATE %1$s SET %2$s
                WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE %3$s LIMIT 10000));""".formatted(update.table().sql(), set, pending);
    }

    private static List<Name> dropped(Statement statement, ObjectKind kind, Predicate<Name> existing) {
        return statement instanceof Statement.DropObject drop && drop.kind() == kind
                ? drop.names().stream().filter(existing).toList()
                : List.of();
    }

    private static String cascade(Statement statement) {
        return statement instanceof Statement.DropObject drop && drop.cascade()
                ? " CASCADE also drops the views and foreign keys that depend on it."
                : "";
    }

    private static String toBeDeleted(String name) {
        return name + TO_BE_DELETED;
    }

    private static String list(List<Name> names) {
        return names.stream().map(Name::sql).collect(Collectors.joining(", "));
    }

    private static String each(List<Name> names, Function<Name, String> sql) {
        return names.stream().map(sql).collect(Collectors.joining("\n"));
    }
}
