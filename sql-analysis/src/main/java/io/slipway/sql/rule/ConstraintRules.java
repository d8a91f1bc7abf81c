package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.AVAILABILITY;
import static io.slipway.sql.rule.Rule.Category.COMPATIBILITY;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Constraints on tables in use: checked at once, under a lock. */
final class ConstraintRules {
    private static final Pattern KEY =
            Pattern.compile("(?is)\\b(?:UNIQUE|PRIMARY\\s+KEY)\\s*(NULLS\\s+(?:NOT\\s+)?DISTINCT\\s*)?(\\([^)]*\\))");

    private ConstraintRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("add-constraint-fk-validated")
                        .error(AVAILABILITY, "ADD FOREIGN KEY without NOT VALID")
                        .happens(
                                "All rows of the table are looked up in the other one, while nobody can write to either.")
                        .locks("SHARE ROW EXCLUSIVE on both tables: " + Locks.WRITES
                                + "; for ENFORCED, ACCESS EXCLUSIVE on the" + " first: " + Locks.ALL + ".")
                        .bad(
                                "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id);",
                                "ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;",
                                "ALTER TABLE orders ALTER CONSTRAINT fk ENFORCED;")
                        .good(
                                "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;",
                                "CREATE TABLE t (c int); ALTER TABLE t ADD FOREIGN KEY (c) REFERENCES customers;")
                        .statement(ConstraintRules::foreignKey),
                Rule.named("add-constraint-check-validated")
                        .error(AVAILABILITY, "ADD CHECK without NOT VALID")
                        .happens("All rows are checked while nobody can read or write the table.")
                        .locks("ACCESS EXCLUSIVE on the table: " + Locks.ALL + ".")
                        .bad(
                                "ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0);",
                                "ALTER TABLE orders ADD CHECK (total >= 0);",
                                "ALTER TABLE orders ADD COLUMN n int CHECK (n > 0);")
                        .good(
                                "ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;",
                                "CREATE TABLE t (a int); ALTER TABLE t ADD CHECK (a > 0);")
                        .statement(ConstraintRules::check),
                Rule.named("add-constraint-unique")
                        .error(AVAILABILITY, "ADD UNIQUE that builds its index")
                        .happens("The index is built while nobody can read or write the table.")
                        .locks("ACCESS EXCLUSIVE on the table: " + Locks.ALL + ".")
                        .bad(
                                "ALTER TABLE orders ADD CONSTRAINT number_key UNIQUE (number);",
                                "ALTER TABLE orders ADD COLUMN number text UNIQUE;")
                        .good(
                                "ALTER TABLE orders ADD CONSTRAINT number_key UNIQUE USING INDEX orders_number;",
                                "CREATE TABLE t (a int); ALTER TABLE t ADD UNIQUE (a);")
                        .statement((statement, situation) -> key(statement, situation, Constraint.Kind.UNIQUE)),
                Rule.named("add-primary-key")
                        .error(AVAILABILITY, "ADD PRIMARY KEY that builds its index")
                        .happens(
                                "The table is read twice, to find NULLs and to build the index, while nobody can read or write it.")
                        .locks("ACCESS EXCLUSIVE on the table: " + Locks.ALL + ".")
                        .bad("ALTER TABLE orders ADD PRIMARY KEY (id);")
                        .good(
                                "ALTER TABLE orders ADD CONSTRAINT orders_pkey PRIMARY KEY USING INDEX orders_id;",
                                "CREATE TABLE t (a int); ALTER TABLE t ADD PRIMARY KEY (a);")
                        .statement((statement, situation) -> key(statement, situation, Constraint.Kind.PRIMARY_KEY)),
                Rule.named("add-constraint-exclude")
                        .error(AVAILABILITY, "ADD EXCLUDE")
                        .happens(
                                "The index is built while nobody can read or write the table, and there is no form of it that does"
                                        + " not.")
                        .locks("ACCESS EXCLUSIVE on the table: " + Locks.ALL + ".")
                        .bad(
                                "ALTER TABLE booking ADD CONSTRAINT apart EXCLUDE USING gist (room WITH =, during WITH &&);")
                        .good("CREATE TABLE b (d int4range, EXCLUDE USING gist (d WITH &&));")
                        .statement((statement, situation) ->
                                added(statement, situation, Constraint.Kind.EXCLUDE, (table, add) -> Hit.of(
                                                add.span(),
                                                "ADD EXCLUDE builds an index while nobody can use %s."
                                                        .formatted(table.sql()))
                                        .locks(Locks.accessExclusive(table))
                                        .safer("""
                                        -- There is no online form. In a window, and giving way to others:
                                        SET LOCAL lock_timeout = '2s';
                                        -- Or a new table %s with the constraint, filled beside this one and then swapped.""".formatted(table.sibling(table.local() + "_new")
                                                .sql()))
                                        .growsWith(table))),
                Rule.named("add-column-references")
                        .warning(AVAILABILITY, "ADD COLUMN ... REFERENCES")
                        .happens(
                                "The table that it points to cannot be written to until the transaction ends. With a DEFAULT all"
                                        + " rows are looked up in it as well.")
                        .locks("ACCESS EXCLUSIVE on the table and SHARE ROW EXCLUSIVE on the one that it points to.")
                        .bad(
                                "ALTER TABLE orders ADD customer_id bigint REFERENCES customers;",
                                "ALTER TABLE orders ADD customer_id bigint DEFAULT 1 REFERENCES customers;")
                        .good(
                                "ALTER TABLE orders ADD customer_id bigint;",
                                "CREATE TABLE c (id int PRIMARY KEY); ALTER TABLE orders ADD c_id int REFERENCES c;")
                        .statement(ConstraintRules::addColumnReferences),
                Rule.named("create-table-fk-locks-parent")
                        .info(AVAILABILITY, "CREATE TABLE with a foreign key to a table in use")
                        .in(Profile.STRICT)
                        .happens("The table that it points to cannot be written to until the transaction ends.")
                        .locks("SHARE ROW EXCLUSIVE on each table that it points to: " + Locks.WRITES + ".")
                        .bad("CREATE TABLE item (order_id bigint REFERENCES orders);")
                        .good("CREATE TABLE o (id int PRIMARY KEY); CREATE TABLE item (o_id int REFERENCES o);")
                        .statement(ConstraintRules::createTable),
                Rule.named("add-unique-data-dependent")
                        .warning(COMPATIBILITY, "A unique index over columns that have values already")
                        .in(Profile.STRICT)
                        .happens("It fails on duplicates, which production has and the test database has not.")
                        .bad("CREATE UNIQUE INDEX CONCURRENTLY i ON customers (email);")
                        .good(
                                "CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a);",
                                "CREATE INDEX CONCURRENTLY i ON customers (email);")
                        .statement(ConstraintRules::uniqueOverData));
    }

    @FunctionalInterface
    private interface Finder {
        Hit find(Name table, TableAction.AddConstraint add);
    }

    private static List<Hit> added(Statement statement, Situation situation, Constraint.Kind kind, Finder finder) {
        return statement instanceof Statement.AlterTable alter
                ? alter.actions().stream()
                        .filter(action -> action instanceof TableAction.AddConstraint add
                                && add.constraint().kind() == kind
                                && add.constraint().validated()
                                && add.constraint().usingIndex() == null
                                && situation.exists(alter.name()))
                        .map(action -> finder.find(alter.name(), (TableAction.AddConstraint) action))
                        .toList()
                : List.of();
    }

    private static List<Hit> foreignKey(Statement statement, Situation situation) {
        List<Hit> hits = new ArrayList<>(EnforcementRules.begun(statement, situation));
        hits.addAll(added(statement, situation, Constraint.Kind.FOREIGN_KEY, (table, add) -> Hit.of(
                        add.span(),
                        "ADD FOREIGN KEY checks all rows of %s while nobody can write to it or to %s."
                                .formatted(
                                        table.sql(),
                                        target(add.constraint(), table).sql()))
                .locks(Locks.shareRowExclusive(table, target(add.constraint(), table)))
                .safer(notValid(table, add, situation, "fkey"))
                .growsWith(table)));
        return hits;
    }

    private static List<Hit> check(Statement statement, Situation situation) {
        List<Hit> hits = new ArrayList<>(added(statement, situation, Constraint.Kind.CHECK, (table, add) -> Hit.of(
                        add.span(), "ADD CHECK reads all of %s while nobody can use it.".formatted(table.sql()))
                .locks(Locks.accessExclusive(table))
                .safer(notValid(table, add, situation, "check"))
                .growsWith(table)));
        inColumns(statement, situation, Constraint.Kind.CHECK).forEach(add -> {
            Name table = ((Statement.AlterTable) statement).name();
            hits.add(Hit.of(
                            add.span(),
                            "The CHECK of the new column reads all of %s while nobody can use it."
                                    .formatted(table.sql()))
                    .locks(Locks.accessExclusive(table))
                    .safer("""
                    ALTER TABLE %1$s ADD COLUMN %2$s %3$s;
                    -- With its condition:
                    -- ALTER TABLE %1$s ADD CONSTRAINT %4$s CHECK (...) NOT VALID;
                    -- In a later migration:
                    ALTER TABLE %1$s VALIDATE CONSTRAINT %4$s;""".formatted(
                            table.sql(),
                            Name.quoted(add.column().name()),
                            add.column().type().text(),
                            Name.quoted(table.local() + "_" + add.column().name() + "_check")))
                    .growsWith(table));
        });
        return hits;
    }

    private static List<TableAction.AddColumn> inColumns(
            Statement statement, Situation situation, Constraint.Kind kind) {
        return statement instanceof Statement.AlterTable alter && situation.exists(alter.name())
                ? alter.actions().stream()
                        .filter(TableAction.AddColumn.class::isInstance)
                        .map(TableAction.AddColumn.class::cast)
                        .filter(add -> add.column().constraints().stream().anyMatch(c -> c.kind() == kind))
                        .toList()
                : List.of();
    }

    private static List<Hit> key(Statement statement, Situation situation, Constraint.Kind kind) {
        String what = kind == Constraint.Kind.UNIQUE ? "UNIQUE" : "PRIMARY KEY";
        List<Hit> hits = new ArrayList<>(added(statement, situation, kind, (table, add) -> {
            Matcher columns = KEY.matcher(situation.text(add.span()));
            boolean found = columns.find();
            String name = add.constraint().name() == null
                    ? table.local() + (kind == Constraint.Kind.UNIQUE ? "_key" : "_pkey")
                    : add.constraint().name();
            String distinct =
                    !found || columns.group(1) == null ? "" : columns.group(1).strip();
            return Hit.of(add.span(), "ADD %s builds an index while nobody can use %s.".formatted(what, table.sql()))
                    .locks(Locks.accessExclusive(table))
                    .safer(
                            !found
                                    ? null
                                    : """
                    -- In a migration of its own, without a transaction:
                    CREATE UNIQUE INDEX CONCURRENTLY %1$s ON %2$s %3$s%4$s;
                    -- In a later one%6$s:
                    ALTER TABLE %2$s ADD CONSTRAINT %1$s %5$s USING INDEX %1$s;""".formatted(
                                            Name.quoted(name),
                                            table.sql(),
                                            columns.group(2),
                                            distinct.isEmpty() ? "" : " " + distinct,
                                            what,
                                            kind == Constraint.Kind.UNIQUE ? "" : ", when its columns are NOT NULL"))
                    .growsWith(table);
        }));
        inColumns(statement, situation, kind).forEach(add -> {
            Name table = ((Statement.AlterTable) statement).name();
            String name = Name.quoted(table.local() + "_" + add.column().name() + "_key");
            hits.add(Hit.of(
                            add.span(),
                            "The %s of the new column builds an index while nobody can use %s."
                                    .formatted(what, table.sql()))
                    .locks(Locks.accessExclusive(table))
                    .safer("""
                    ALTER TABLE %1$s ADD COLUMN %2$s %3$s;
                    -- In a migration of its own, without a transaction:
                    CREATE UNIQUE INDEX CONCURRENTLY %4$s ON %1$s (%2$s);
                    -- In a later one:
                    ALTER TABLE %1$s ADD CONSTRAINT %4$s UNIQUE USING INDEX %4$s;""".formatted(
                                    table.sql(),
                                    Name.quoted(add.column().name()),
                                    add.column().type().text(),
                                    name))
                    .growsWith(table));
        });
        return hits;
    }

    private static List<Hit> addColumnReferences(Statement statement, Situation situation) {
        return inColumns(statement, situation, Constraint.Kind.FOREIGN_KEY).stream()
                .filter(add -> situation.exists(target(foreignKey(add), ((Statement.AlterTable) statement).name())))
                .map(add -> {
                    Name table = ((Statement.AlterTable) statement).name();
                    Name other = target(foreignKey(add), table);
                    boolean filled = add.column().filling() != io.slipway.sql.ast.Column.Filling.NOTHING;
                    String name = Name.quoted(table.local() + "_" + add.column().name() + "_fkey");
                    Hit hit = Hit.of(
                                    add.span(),
                                    "The new column's REFERENCES keeps everybody from writing to %s."
                                            .formatted(other.sql()))
                            .locks(Locks.accessExclusive(table) + " " + Locks.shareRowExclusive(other))
                            .safer("""
                            ALTER TABLE %1$s ADD COLUMN %2$s %3$s;
                            -- In a later migration:
                            ALTER TABLE %1$s ADD CONSTRAINT %4$s FOREIGN KEY (%2$s) REFERENCES %5$s NOT VALID;
                            -- And in one more:
                            ALTER TABLE %1$s VALIDATE CONSTRAINT %4$s;""".formatted(
                                            table.sql(),
                                            Name.quoted(add.column().name()),
                                            add.column().type().text(),
                                            name,
                                            other.sql()));
                    return filled ? hit.as(Severity.ERROR).growsWith(table) : hit;
                })
                .toList();
    }

    private static Constraint foreignKey(TableAction.AddColumn add) {
        return add.column().constraints().stream()
                .filter(c -> c.kind() == Constraint.Kind.FOREIGN_KEY)
                .findFirst()
                .orElseThrow();
    }

    private static List<Hit> createTable(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.CreateTable create)) {
            return List.of();
        }
        List<Constraint> all = new ArrayList<>(create.constraints());
        create.columns().forEach(column -> all.addAll(column.constraints()));
        return all.stream()
                .filter(c -> c.kind() == Constraint.Kind.FOREIGN_KEY)
                .map(c -> target(c, create.name()))
                .filter(other -> situation.exists(other) && !situation.pending().same(other, create.name()))
                .distinct()
                .map(other -> Hit.of(create.span(), "Nobody can write to %s until this commits.".formatted(other.sql()))
                        .locks(Locks.shareRowExclusive(other)))
                .toList();
    }

    private static List<Hit> uniqueOverData(Statement statement, Situation situation) {
        return statement instanceof Statement.CreateIndex index && index.unique() && situation.exists(index.table())
                ? List.of(Hit.of(
                                index.span(),
                                "The unique index fails when %s has duplicates."
                                        .formatted(index.table().sql()))
                        .safer(
                                "-- Must give no row, with the index's columns in place of the dots:\n-- SELECT ..., count(*) FROM %s GROUP BY"
                                                .formatted(index.table().sql())
                                        + " ... HAVING count(*) > 1;"))
                : List.of();
    }

    /** The same action with NOT VALID, and the check of the rows in a later migration. */
    private static String notValid(Name table, TableAction.AddConstraint add, Situation situation, String suffix) {
        String text = situation.text(add.span());
        String given = add.constraint().name();
        String name = Name.quoted(given == null ? table.local() + "_" + suffix : given);
        String named = given == null
                ? text.replaceFirst(
                        "(?i)^ADD\\s+(CONSTRAINT\\s+)?", Matcher.quoteReplacement("ADD CONSTRAINT " + name + " "))
                : text;
        return """
                ALTER TABLE %1$s %2$s NOT VALID;
                -- In a later migration, which reads the rows and blocks nobody:
                ALTER TABLE %1$s VALIDATE CONSTRAINT %3$s;""".formatted(table.sql(), named, name);
    }

    private static Name target(Constraint constraint, Name table) {
        Name other = constraint.references();
        return other == null ? table : other;
    }
}
