package io.slipway.sql.rule;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.rule.Rule.Category.DATA_LOSS;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Novelty;
import io.slipway.sql.catalog.Routine;
import io.slipway.sql.catalog.UserType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** DROP of what holds rows, and of all that hangs on something. */
final class DropRules {
    /** A table renamed to this ending has been out of use for a release: dropping it is only warned of. */
    static final String TO_BE_DELETED = "_del";

    private static final String BLOCKS_ALL =
            "ACCESS EXCLUSIVE on what is dropped: blocks all reads and writes until the transaction ends.";

    private DropRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("drop-table")
                        .error(DATA_LOSS, "DROP TABLE on a table that holds rows")
                        .happens(
                                "The rows are gone when the transaction commits: an undo script brings back the table, not"
                                        + " its content. Clients that still use it fail.")
                        .locks(BLOCKS_ALL + " The same on every table that its foreign keys point to.")
                        .bad(
                                "DROP TABLE orders;",
                                "DROP TABLE IF EXISTS shop.orders, shop.items;",
                                "CREATE TABLE IF NOT EXISTS orders (id int); DROP TABLE orders;",
                                "CREATE TABLE t (id int); DROP TABLE t; DROP TABLE t;",
                                "BEGIN; CREATE TABLE t (id int); ROLLBACK; DROP TABLE t;")
                        .good(
                                "DROP VIEW open_orders;",
                                "CREATE TABLE t (id int); DROP TABLE public.t;",
                                "CREATE TEMP TABLE orders (id int); DROP TABLE orders;",
                                "CREATE TABLE a AS SELECT 1; ALTER TABLE a RENAME TO b; DROP TABLE b;",
                                "SET search_path = shop; CREATE TABLE t (id int); DROP TABLE shop.t;")
                        .statement(DropRules::dropTable),
                Rule.named("drop-materialized-view")
                        .error(DATA_LOSS, "DROP MATERIALIZED VIEW")
                        .happens(
                                "Its rows are gone, and everybody who reads it fails until it is created and filled again.")
                        .locks(BLOCKS_ALL)
                        .bad("DROP MATERIALIZED VIEW sales_by_day;")
                        .good(
                                "CREATE MATERIALIZED VIEW v AS SELECT 1 AS a; DROP MATERIALIZED VIEW v;",
                                "DROP MATERIALIZED VIEW v; CREATE MATERIALIZED VIEW v AS SELECT 1 AS a;")
                        .statement(DropRules::dropMaterializedView),
                Rule.named("drop-schema")
                        .error(DATA_LOSS, "DROP SCHEMA")
                        .happens(
                                "With CASCADE every table in it goes with all rows, and all that depends on them elsewhere;"
                                        + " only a backup brings it back. Without, PostgreSQL refuses as long as anything is in it.")
                        .locks("ACCESS EXCLUSIVE on every table in it: blocks all reads and writes.")
                        .bad("DROP SCHEMA shop CASCADE;", "CREATE SCHEMA IF NOT EXISTS shop; DROP SCHEMA shop;")
                        .good("CREATE SCHEMA shop; CREATE TABLE shop.t (id int); DROP SCHEMA shop CASCADE;")
                        .statement(DropRules::dropSchema),
                Rule.named("drop-database")
                        .error(DATA_LOSS, "DROP DATABASE")
                        .happens("There is no undo, and it cannot run in a transaction. Only a backup brings it back.")
                        .bad("DROP DATABASE shop;")
                        .good("CREATE DATABASE scratch; DROP DATABASE scratch;")
                        .statement(DropRules::dropDatabase),
                Rule.named("drop-type-cascade")
                        .error(DATA_LOSS, "DROP TYPE or DROP DOMAIN with CASCADE")
                        .happens("Every column of that type is dropped, with its values, in every table.")
                        .locks("ACCESS EXCLUSIVE on every table that has such a column: blocks all reads and writes.")
                        .bad("DROP TYPE mood CASCADE;", "DROP DOMAIN IF EXISTS email CASCADE;")
                        .good("DROP TYPE mood;", "CREATE TYPE m AS ENUM ('a'); DROP TYPE m CASCADE;")
                        .statement(DropRules::dropTypeCascade),
                Rule.named("drop-column")
                        .error(DATA_LOSS, "DROP COLUMN on a column that holds values")
                        .happens(
                                "An undo script brings back the column, not its values. Clients of the running release that"
                                        + " name it fail; its indexes and constraints go with it.")
                        .locks("ACCESS EXCLUSIVE on the table: blocks all reads and writes until the transaction ends.")
                        .bad(
                                "ALTER TABLE orders DROP COLUMN note;",
                                "ALTER TABLE orders ADD a int, DROP IF EXISTS note CASCADE;",
                                "ALTER TABLE orders ADD IF NOT EXISTS a int; ALTER TABLE orders DROP a;")
                        .good(
                                "CREATE TABLE t (a int, b int); ALTER TABLE t DROP b;",
                                "ALTER TABLE orders ADD a int; ALTER TABLE orders RENAME a TO b; ALTER TABLE orders DROP b;")
                        .statement(DropRules::dropColumn),
                Rule.named("drop-cascade")
                        .error(DATA_LOSS, "CASCADE on a DROP")
                        .happens(
                                "It also drops whatever depends on the object, without naming it: views, foreign keys, columns,"
                                        + " functions. What that is can differ from one database to the next.")
                        .bad(
                                "DROP VIEW open_orders CASCADE;",
                                "DROP FUNCTION touch() CASCADE;",
                                "ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE;")
                        .good(
                                "DROP VIEW open_orders;",
                                "CREATE TABLE t (id int); DROP TABLE t CASCADE;",
                                "CREATE SCHEMA s; DROP SCHEMA s CASCADE;")
                        .statement(DropRules::dropCascade));
    }

    private static List<Hit> dropTable(Statement statement, Situation situation) {
        List<Name> tables = dropped(statement, ObjectKind.TABLE, name -> notNew(name, situation));
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
        return List.of(Hit.of(statement.span(), "DROP TABLE deletes " + list(tables) + " with all rows.")
                .locks(ACCESS_EXCLUSIVE.on(tables) + " The same on every table that its foreign keys point to.")
                .safer(announced ? null : safer)
                .warnedIf(announced));
    }

    private static List<Hit> dropMaterializedView(Statement statement, Situation situation) {
        List<Name> views = dropped(
                statement,
                ObjectKind.MATERIALIZED_VIEW,
                name -> situation.exists(name)
                        && situation.following().stream()
                                .noneMatch(next -> next instanceof Statement.CreateView view
                                        && situation.pending().same(view.name(), name)));
        return views.isEmpty()
                ? List.of()
                : List.of(Hit.of(statement.span(), "DROP MATERIALIZED VIEW deletes " + list(views) + ".")
                        .locks(ACCESS_EXCLUSIVE.on(views))
                        .safer(each(views, view -> """
                                -- This release: out of the way, nothing lost.
                                ALTER MATERIALIZED VIEW %s RENAME TO %s;""".formatted(view.sql(), Name.quoted(toBeDeleted(view.local()))))));
    }

    private static List<Hit> dropSchema(Statement statement, Situation situation) {
        List<Name> schemas = dropped(
                statement, ObjectKind.SCHEMA, name -> situation.pending().schema(name.local()) != Novelty.NEW);
        return schemas.isEmpty()
                ? List.of()
                : List.of(Hit.of(statement.span(), "DROP SCHEMA deletes " + list(schemas) + ".")
                        .locks("ACCESS EXCLUSIVE on every table in it until the transaction ends: blocks all reads and"
                                + " writes.")
                        .safer(each(schemas, schema ->
                                """
                                -- This release: out of the way, nothing lost; renaming it back undoes it.
                                ALTER SCHEMA %s RENAME TO %s;""".formatted(schema.sql(), Name.quoted(toBeDeleted(schema.local()))))));
    }

    private static List<Hit> dropDatabase(Statement statement, Situation situation) {
        List<Name> databases = dropped(
                statement, ObjectKind.DATABASE, name -> situation.pending().database(name.local()) != Novelty.NEW);
        return databases.isEmpty()
                ? List.of()
                : List.of(Hit.of(
                                statement.span(),
                                "DROP DATABASE deletes " + list(databases) + " with all that is in it.")
                        .safer(each(databases, database -> """
                                -- Nobody connects any more, nothing is lost.
                                ALTER DATABASE %s WITH ALLOW_CONNECTIONS false;""".formatted(database.sql()))));
    }

    private static List<Hit> dropTypeCascade(Statement statement, Situation situation) {
        boolean type = statement instanceof Statement.DropObject drop
                && (drop.kind() == ObjectKind.TYPE || drop.kind() == ObjectKind.DOMAIN)
                && drop.cascade();
        if (!type) {
            return List.of();
        }
        Statement.DropObject drop = (Statement.DropObject) statement;
        List<Name> old = drop.names().stream()
                .filter(name -> !createdBefore(name, drop.kind(), situation))
                .toList();
        return old.isEmpty()
                ? List.of()
                : List.of(Hit.of(
                                statement.span(),
                                "DROP %s CASCADE drops every column of type %s with its values."
                                        .formatted(drop.kind() == ObjectKind.TYPE ? "TYPE" : "DOMAIN", list(old)))
                        .safer("-- Change the columns first; without CASCADE nothing else goes.\nDROP %s %s;"
                                .formatted(drop.kind() == ObjectKind.TYPE ? "TYPE" : "DOMAIN", list(old))));
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
        return Hit.of(drop.span(), "DROP COLUMN deletes %s of %s with all its values.".formatted(column, table.sql()))
                .locks(ACCESS_EXCLUSIVE.on(table))
                .safer("""
                -- This release: clients stop using it, and new rows need no value for it.
                ALTER TABLE %1$s ALTER COLUMN %2$s DROP NOT NULL;
                -- A later release, after a backup:
                -- ALTER TABLE %1$s DROP COLUMN %2$s;""".formatted(table.sql(), column));
    }

    private static List<Hit> dropCascade(Statement statement, Situation situation) {
        String advice =
                "It names nothing of what goes: look it up first, drop each by its name, and leave CASCADE out.";
        return switch (statement) {
            case Statement.DropObject drop ->
                drop.cascade() && drop.names().stream().anyMatch(name -> !isNew(name, drop.kind(), situation))
                        ? List.of(Hit.of(
                                        drop.span(),
                                        "CASCADE drops everything that depends on %s.".formatted(list(drop.names())))
                                .because(advice))
                        : List.of();
            case Statement.AlterTable alter ->
                alter.actions().stream()
                        .filter(action -> action instanceof TableAction.DropConstraint drop && drop.cascade()
                                || action instanceof TableAction.DropColumn column && column.cascade())
                        .filter(_ -> situation.exists(alter.name()))
                        .map(action -> Hit.of(
                                        action.span(),
                                        "CASCADE drops everything that depends on it, beyond %s."
                                                .formatted(alter.name().sql()))
                                .because(advice))
                        .toList();
            default -> List.of();
        };
    }

    private static boolean isNew(Name name, ObjectKind kind, Situation situation) {
        return switch (kind) {
            case SCHEMA -> situation.pending().schema(name.local()) == Novelty.NEW;
            case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE, INDEX -> !notNew(name, situation);
            default -> createdBefore(name, kind, situation);
        };
    }

    /** Types and functions that the pending scripts have created. */
    private static boolean createdBefore(Name name, ObjectKind kind, Situation situation) {
        return switch (kind) {
            case TYPE, DOMAIN ->
                situation
                        .catalog()
                        .type(name)
                        .map(UserType::novelty)
                        .filter(Novelty.NEW::equals)
                        .isPresent();
            case ROUTINE ->
                situation
                        .catalog()
                        .routine(name)
                        .map(Routine::novelty)
                        .filter(Novelty.NEW::equals)
                        .isPresent();
            default -> false;
        };
    }

    private static boolean notNew(Name name, Situation situation) {
        return situation.pending().relation(name) != Novelty.NEW;
    }

    private static List<Name> dropped(Statement statement, ObjectKind kind, Predicate<Name> existing) {
        return statement instanceof Statement.DropObject drop && drop.kind() == kind
                ? drop.names().stream().filter(existing).toList()
                : List.of();
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
