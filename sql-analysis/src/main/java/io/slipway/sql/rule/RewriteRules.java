package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.REWRITE;

import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Column.Filling;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import java.util.List;

/** New columns that PostgreSQL can only add by writing every row anew. */
final class RewriteRules {
    static final String LOCK = "ACCESS EXCLUSIVE on the table until the last row is written: " + Locks.ALL + ".";

    private RewriteRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("add-column-volatile-default")
                        .error(REWRITE, "A new column whose default differs from row to row")
                        .happens(
                                "Every row is written anew and every index built again, while nobody can use the table. Constants,"
                                        + " now() and other functions that are stable within a statement do not do that.")
                        .locks(LOCK)
                        .bad(
                                "ALTER TABLE orders ADD key uuid DEFAULT gen_random_uuid();",
                                "ALTER TABLE orders ADD at timestamptz NOT NULL DEFAULT clock_timestamp();",
                                "ALTER TABLE orders ADD r float DEFAULT random();")
                        .good(
                                "ALTER TABLE orders ADD at timestamptz NOT NULL DEFAULT now();",
                                "ALTER TABLE orders ADD tags text[] DEFAULT ARRAY[]::text[];",
                                "ALTER TABLE orders ADD until timestamptz DEFAULT now() + interval '1 day';",
                                "CREATE TABLE t (a int); ALTER TABLE t ADD key uuid DEFAULT gen_random_uuid();")
                        .statement((statement, situation) ->
                                columns(statement, situation, Filling.DEFAULT, (table, column) -> """
                                ALTER TABLE %1$s ADD COLUMN %2$s %3$s;
                                -- New rows from now on:
                                ALTER TABLE %1$s ALTER COLUMN %2$s SET DEFAULT %4$s;
                                -- The others in batches, each a transaction of its own, until no row is left:
                                -- UPDATE %1$s SET %2$s = %4$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE %2$s IS NULL LIMIT 10000));""".formatted(
                                                table.sql(),
                                                Name.quoted(column.name()),
                                                column.type().text(),
                                                column.value() == null
                                                        ? "NULL"
                                                        : column.value().text()))),
                Rule.named("add-column-serial-or-identity")
                        .error(REWRITE, "A new serial or IDENTITY column")
                        .happens(
                                "Every row gets a number, so every row is written anew and every index built again, while nobody can"
                                        + " use the table.")
                        .locks(LOCK)
                        .bad(
                                "ALTER TABLE orders ADD n bigserial;",
                                "ALTER TABLE orders ADD n bigint GENERATED ALWAYS AS IDENTITY;")
                        .good("CREATE TABLE t (a int); ALTER TABLE t ADD n serial;", "ALTER TABLE orders ADD n bigint;")
                        .statement(RewriteRules::numbered),
                Rule.named("add-column-generated-stored")
                        .error(REWRITE, "A new column that is GENERATED ... STORED")
                        .happens(
                                "The value is computed for every row, so every row is written anew and every index built again, while"
                                        + " nobody can use the table.")
                        .locks(LOCK)
                        .bad("ALTER TABLE orders ADD gross numeric GENERATED ALWAYS AS (net * 1.2) STORED;")
                        .good(
                                "CREATE TABLE t (a int); ALTER TABLE t ADD b int GENERATED ALWAYS AS (a + 1) STORED;",
                                "-- >> pg 18\n-- >> V1__a.sql\nALTER TABLE orders ADD gross numeric GENERATED ALWAYS AS (net * 1.2)"
                                        + " VIRTUAL;")
                        .statement((statement, situation) -> columns(
                                statement, situation, Filling.GENERATED_STORED, (table, column) -> """
                                ALTER TABLE %1$s ADD COLUMN %2$s %3$s;
                                -- A trigger keeps it for new rows; the others are filled in batches:
                                -- UPDATE %1$s SET %2$s = %4$s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$s WHERE %2$s IS NULL LIMIT 10000));""".formatted(
                                                table.sql(),
                                                Name.quoted(column.name()),
                                                column.type().text(),
                                                column.value() == null
                                                        ? "NULL"
                                                        : column.value().text()))),
                Rule.named("add-column-constrained-domain")
                        .error(REWRITE, "A new column of a domain that has a constraint")
                        .happens(
                                "PostgreSQL looks at the value of every row, and to do so writes every row anew, even when there is no"
                                        + " default.")
                        .locks(LOCK)
                        .bad("-- >> before\nCREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');\n-- >> V1__a.sql\n"
                                + "ALTER TABLE customers ADD contact email;")
                        .good(
                                "-- >> before\nCREATE DOMAIN email AS text;\n-- >> V1__a.sql\nALTER TABLE customers ADD contact email;")
                        .statement(RewriteRules::domain),
                Rule.named("create-table-as-large")
                        .info(REWRITE, "CREATE TABLE ... AS over a table in use")
                        .in(Profile.STRICT)
                        .happens(
                                "The transaction lasts as long as the query, and so do its snapshot and all locks taken before.")
                        .bad("CREATE TABLE copy AS SELECT * FROM orders;")
                        .good(
                                "CREATE TABLE copy AS SELECT * FROM orders WITH NO DATA;",
                                "CREATE TABLE t AS SELECT 1 AS a;")
                        .statement((statement, situation) -> statement instanceof Statement.CreateTable table
                                        && table.fromQuery()
                                        && table.withData()
                                        && table.reads().relations().stream().anyMatch(situation::exists)
                                ? List.of(Hit.of(
                                        table.span(),
                                        "%s is filled from tables in use inside the transaction."
                                                .formatted(table.name().sql())))
                                : List.of()),
                Rule.named("matview-with-data")
                        .info(REWRITE, "CREATE MATERIALIZED VIEW that is filled at once")
                        .in(Profile.STRICT)
                        .happens(
                                "The transaction lasts as long as the query, and so do its snapshot and all locks taken before.")
                        .bad("CREATE MATERIALIZED VIEW v AS SELECT * FROM orders;")
                        .good(
                                "CREATE MATERIALIZED VIEW v AS SELECT * FROM orders WITH NO DATA;",
                                "CREATE VIEW v AS SELECT * FROM orders;")
                        .statement((statement, situation) -> statement instanceof Statement.CreateView view
                                        && view.materialized()
                                        && view.withData()
                                        && view.reads().relations().stream().anyMatch(situation::exists)
                                ? List.of(Hit.of(
                                                view.span(),
                                                "%s is filled inside the transaction."
                                                        .formatted(view.name().sql()))
                                        .safer(situation.text()
                                                + "\nWITH NO DATA;\n-- In a later migration:\nREFRESH MATERIALIZED VIEW %s;"
                                                        .formatted(view.name().sql())))
                                : List.of()));
    }

    @FunctionalInterface
    private interface Recipe {
        String of(Name table, Column column);
    }

    private static List<Hit> columns(Statement statement, Situation situation, Filling filling, Recipe recipe) {
        return statement instanceof Statement.AlterTable alter && situation.rewritesExisting(alter.name())
                ? alter.actions().stream()
                        .filter(action -> action instanceof TableAction.AddColumn add
                                && add.column().filling() == filling
                                && rewrites(add.column(), situation))
                        .map(action -> {
                            Column column = ((TableAction.AddColumn) action).column();
                            return hit(alter.name(), action, column, recipe.of(alter.name(), column));
                        })
                        .toList()
                : List.of();
    }

    /** Of several columns in one statement, those of which the default does it. */
    private static boolean rewrites(Column column, Situation situation) {
        return column.filling() != Filling.DEFAULT
                || column.value() != null
                        && !column.value().isConstant()
                        && domainOf(column, situation).isEmpty();
    }

    private static List<Hit> numbered(Statement statement, Situation situation) {
        return statement instanceof Statement.AlterTable alter && situation.rewritesExisting(alter.name())
                ? alter.actions().stream()
                        .filter(action -> action instanceof TableAction.AddColumn add
                                && (add.column().filling() == Filling.SERIAL
                                        || add.column().filling() == Filling.IDENTITY))
                        .map(action -> {
                            Column column = ((TableAction.AddColumn) action).column();
                            String sequence = Name.quoted(alter.name().local() + "_" + column.name() + "_seq");
                            return hit(alter.name(), action, column, """
                                    ALTER TABLE %1$s ADD COLUMN %2$s bigint;
                                    CREATE SEQUENCE %3$s OWNED BY %1$s.%2$s;
                                    ALTER TABLE %1$s ALTER COLUMN %2$s SET DEFAULT nextval('%3$s');
                                    -- The rows that are there in batches, each a transaction of its own.""".formatted(
                                            alter.name().sql(), Name.quoted(column.name()), sequence));
                        })
                        .toList()
                : List.of();
    }

    private static List<Hit> domain(Statement statement, Situation situation) {
        return statement instanceof Statement.AlterTable alter && situation.exists(alter.name())
                ? alter.actions().stream()
                        .filter(action -> action instanceof TableAction.AddColumn add
                                && domainOf(add.column(), situation).isPresent())
                        .map(action -> {
                            Column column = ((TableAction.AddColumn) action).column();
                            String base = domainOf(column, situation).orElseThrow();
                            return hit(alter.name(), action, column, """
                                    ALTER TABLE %1$s ADD COLUMN %2$s %3$s;
                                    -- The condition of the domain as a CHECK of the table, NOT VALID first, then validated:
                                    -- ALTER TABLE %1$s ADD CONSTRAINT %4$s CHECK (...) NOT VALID;""".formatted(
                                            alter.name().sql(),
                                            Name.quoted(column.name()),
                                            base,
                                            Name.quoted(alter.name().local() + "_" + column.name() + "_check")));
                        })
                        .toList()
                : List.of();
    }

    /** The base type of the column's domain, where that has a constraint. */
    private static java.util.Optional<String> domainOf(Column column, Situation situation) {
        return situation
                .catalog()
                .domain(column.type())
                .filter(io.slipway.sql.catalog.UserType.DomainType::constrained)
                .map(domain -> domain.base().text());
    }

    private static Hit hit(Name table, TableAction action, Column column, String safer) {
        return Hit.of(
                        action.span(),
                        "Adding %s writes every row of %s anew.".formatted(Name.quoted(column.name()), table.sql()))
                .locks(Locks.accessExclusive(table))
                .safer(safer)
                .growsWith(table);
    }
}
