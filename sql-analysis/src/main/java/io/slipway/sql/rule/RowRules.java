package io.slipway.sql.rule;

import static io.slipway.sql.effect.LockMode.ACCESS_EXCLUSIVE;
import static io.slipway.sql.effect.LockMode.ROW_EXCLUSIVE;
import static io.slipway.sql.rule.Rule.Category.DATA_LOSS;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.Filter;
import io.slipway.sql.catalog.Novelty;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Statements that delete or change rows. */
final class RowRules {
    /** A condition that compares with a constant: a few rows, as a migration may well change them. */
    private static final Pattern BY_CONSTANT =
            Pattern.compile(" WHERE .*(= (''|\\d\\S*) |= ANY \\( |IN \\( (''|\\d)|(LIKE|BETWEEN) ('')? ?)");

    private RowRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("truncate")
                        .error(DATA_LOSS, "TRUNCATE")
                        .happens("The rows are gone when the transaction commits; no undo script brings them back.")
                        .locks("ACCESS EXCLUSIVE on the table: blocks all reads and writes.")
                        .bad("TRUNCATE orders, items;", "CREATE TABLE n (id int); TRUNCATE n, orders;")
                        .good(
                                "CREATE TABLE t (id int); TRUNCATE t;",
                                "CREATE TEMP TABLE t (id int); TRUNCATE t, pg_temp.u;")
                        .statement(RowRules::truncate),
                Rule.named("truncate-cascade")
                        .error(DATA_LOSS, "TRUNCATE ... CASCADE")
                        .happens(
                                "Every table with a foreign key to it is emptied as well, and every table that refers to"
                                        + " those, without being named.")
                        .locks("ACCESS EXCLUSIVE on the table and on every table that refers to it.")
                        .bad("TRUNCATE customers CASCADE;")
                        .good("TRUNCATE customers;", "CREATE TABLE t (id int); TRUNCATE t CASCADE;")
                        .statement(RowRules::truncateCascade),
                Rule.named("delete-without-where")
                        .error(DATA_LOSS, "DELETE of every row of a table")
                        .happens(
                                "No undo script brings the rows back. Every row is locked and written to the log in one"
                                        + " transaction.")
                        .locks("ROW EXCLUSIVE on the table, and every row: whoever changes any of them waits.")
                        .bad(
                                "DELETE FROM orders;",
                                "DELETE FROM orders WHERE 1 = 1;",
                                "WITH d AS (DELETE FROM orders RETURNING *) SELECT count(*) FROM d;")
                        .good(
                                "DELETE FROM orders WHERE state = 'gone';",
                                "CREATE TABLE t (id int); DELETE FROM t;",
                                "EXPLAIN DELETE FROM orders;")
                        .statement(RowRules::delete),
                Rule.named("update-without-where")
                        .error(DATA_LOSS, "UPDATE of every row of a table")
                        .happens(
                                "The former values are lost. Every row is written anew and stays locked until the transaction"
                                        + " ends; the table grows to twice its size.")
                        .locks("ROW EXCLUSIVE on the table, and every row: whoever changes any of them waits.")
                        .bad(
                                "UPDATE orders SET state = 'new';",
                                "UPDATE orders o SET state = i.state FROM items i WHERE true;")
                        .good(
                                "UPDATE orders SET state = 'new' WHERE id = 7;",
                                "-- slipway:batch table=orders key=id size=5000\nUPDATE orders SET state = 'new';",
                                "CREATE TABLE IF NOT EXISTS t (id int); UPDATE t SET id = 1;")
                        .statement(RowRules::update),
                Rule.named("large-backfill-in-migration")
                        .warning(DATA_LOSS, "A migration that changes very many rows of an existing table")
                        .happens(
                                "All rows stay locked until the one transaction ends, the log grows by all of them, replicas"
                                        + " fall behind, and when it fails all was for nothing.")
                        .locks(
                                "ROW EXCLUSIVE on the table, and every row that it changes: whoever changes any of them waits.")
                        .bad(
                                "UPDATE orders SET total_cents = total * 100 WHERE total_cents IS NULL;",
                                "DELETE FROM events WHERE created_at < now() - interval '1 year';",
                                "INSERT INTO archive SELECT * FROM orders;")
                        .good(
                                "UPDATE settings SET value = 'on' WHERE key = 'dark-mode';",
                                "-- slipway:batch table=events key=id size=5000 pause=100ms\n"
                                        + "DELETE FROM events WHERE created_at < now() - interval '1 year';",
                                "INSERT INTO orders (id) VALUES (1), (2);",
                                "CREATE TABLE archive (id int); INSERT INTO archive SELECT id FROM orders;")
                        .statement(RowRules::backfill));
    }

    private static List<Hit> truncate(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.Truncate truncate)) {
            return List.of();
        }
        List<Name> tables = old(truncate, situation);
        return tables.isEmpty()
                ? List.of()
                : List.of(Hit.of(statement.span(), "TRUNCATE deletes all rows of " + list(tables) + ".")
                        .locks(ACCESS_EXCLUSIVE.on(tables))
                        .safer(tables.stream().map(RowRules::deleteInBatches).collect(Collectors.joining("\n"))));
    }

    private static List<Hit> truncateCascade(Statement statement, Situation situation) {
        return statement instanceof Statement.Truncate truncate && truncate.cascade()
                ? old(truncate, situation).stream()
                        .limit(1)
                        .map(table -> Hit.of(
                                        statement.span(),
                                        "TRUNCATE CASCADE also empties every table that refers to %s."
                                                .formatted(table.sql()))
                                .safer("-- Name every table that shall be emptied.\nTRUNCATE %s;"
                                        .formatted(list(truncate.tables()))))
                        .toList()
                : List.of();
    }

    private static List<Name> old(Statement.Truncate truncate, Situation situation) {
        return truncate.tables().stream()
                .filter(table -> situation.pending().relation(table) != Novelty.NEW)
                .toList();
    }

    private static List<Hit> delete(Statement statement, Situation situation) {
        return statement instanceof Statement.Delete delete
                        && !delete.hasWhere()
                        && situation.pending().relation(delete.table()) != Novelty.NEW
                ? List.of(Hit.of(
                                delete.span(),
                                "DELETE removes every row of %s: %s."
                                        .formatted(delete.table().sql(), why(delete.filter())))
                        .locks(everyRow(delete.table()))
                        .safer(deleteInBatches(delete.table())))
                : List.of();
    }

    private static List<Hit> update(Statement statement, Situation situation) {
        return statement instanceof Statement.Update update
                        && !update.hasWhere()
                        && situation.exists(update.table())
                        && !situation.file().inBatches()
                ? List.of(Hit.of(
                                update.span(),
                                "UPDATE changes every row of %s: %s."
                                        .formatted(update.table().sql(), why(update.filter())))
                        .locks(everyRow(update.table()))
                        .safer(inBatches(update.table(), situation))
                        .growsWith(update.table()))
                : List.of();
    }

    private static List<Hit> backfill(Statement statement, Situation situation) {
        return manyRowsOf(statement, situation)
                .map(table -> List.of(Hit.of(
                                statement.span(),
                                "It changes an unknown number of rows of %s in one transaction.".formatted(table.sql()))
                        .locks(everyRow(table))
                        .safer(batches(statement, table, situation))
                        .growsWith(table)))
                .orElse(List.of());
    }

    /** The existing table of which the statement changes rows at once, unless it picks them by a constant. */
    static Optional<Name> manyRowsOf(Statement statement, Situation situation) {
        Name table =
                switch (statement) {
                    case Statement.Update update when update.hasWhere() -> update.table();
                    case Statement.Delete delete when delete.hasWhere() -> delete.table();
                    case Statement.Insert insert when insert.fromQuery() -> insert.table();
                    default -> null;
                };
        if (table == null || !situation.exists(table) || situation.file().inBatches()) {
            return Optional.empty();
        }
        boolean few = situation.file().phrases().get(situation.index()).matches(BY_CONSTANT);
        return few ? Optional.empty() : Optional.of(table);
    }

    private static String batches(Statement statement, Name table, Situation situation) {
        return statement instanceof Statement.Insert
                ? "-- Outside of the migration, in portions by key, each a transaction of its own:\n"
                        + "-- ... WHERE id > 0 AND id <= 10000"
                : inBatches(table, situation);
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

    /** The statement as it is, marked; of a part of another statement that cannot be said. */
    private static String inBatches(Name table, Situation situation) {
        return """
                -- In a migration of its own, which Slipway then runs in batches:
                -- slipway:batch table=%s key=%s size=5000 pause=100ms
                %s;""".formatted(table.sql(), key(table, situation), situation.text());
    }

    /** The primary key where it is known. */
    private static String key(Name table, Situation situation) {
        return situation.catalog().relationOrUnknown(situation.catalog().resolve(table)).constraints().stream()
                .filter(constraint -> constraint.kind() == Constraint.Kind.PRIMARY_KEY)
                .map(constraint -> Name.quoted(constraint.columns().getFirst()))
                .findFirst()
                .orElse("id");
    }

    private static String list(List<Name> names) {
        return names.stream().map(Name::sql).collect(Collectors.joining(", "));
    }
}
