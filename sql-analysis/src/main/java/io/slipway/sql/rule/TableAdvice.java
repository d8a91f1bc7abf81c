package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.DESIGN;
import static io.slipway.sql.rule.Rule.Category.FORMAT;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.catalog.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How tables, keys and indexes should be made. */
final class TableAdvice {
    private static final int MANY_COLUMNS = 100;
    private static final int MANY_INDEXES = 10;
    private static final int WIDE = 3;

    private TableAdvice() {}

    static List<Rule> all() {
        return List.of(
                advice("require-primary-key", "CREATE TABLE without a primary key")
                        .happens(
                                "Rows cannot be told apart: logical replication and change data capture refuse UPDATE and DELETE.")
                        .bad("CREATE TABLE t (a bigint);")
                        .good(
                                "CREATE TABLE t (a bigint PRIMARY KEY);",
                                "CREATE TEMP TABLE t (a bigint);",
                                "CREATE TABLE t (a bigint); ALTER TABLE t ADD PRIMARY KEY (a);")
                        .file(TableAdvice::noKey),
                advice("fk-without-index", "A foreign key without an index on its columns")
                        .happens(
                                "Each DELETE of a referenced row, and each change of its key, reads the whole referencing table.")
                        .bad("CREATE TABLE item (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);")
                        .good(
                                "CREATE TABLE item (order_id bigint REFERENCES orders); CREATE INDEX ON item (order_id);",
                                "CREATE TABLE item (order_id bigint REFERENCES orders, n int, PRIMARY KEY (order_id, n));")
                        .deployment(TableAdvice::keyWithoutIndex),
                advice("wide-index", "An index over more than three columns")
                        .happens("It is large, slow to change, and the columns behind the third seldom help a query.")
                        .bad("CREATE INDEX CONCURRENTLY i ON orders (a, b, c, d);")
                        .good("CREATE INDEX CONCURRENTLY i ON orders (a, b) INCLUDE (c, d);")
                        .statement((statement, situation) -> statement instanceof Statement.CreateIndex index
                                        && index.index().keys().size() > WIDE
                                ? List.of(Hit.of(
                                        index.span(),
                                        "The index has %d columns."
                                                .formatted(index.index().keys().size())))
                                : List.of()),
                advice("hash-index", "An index of the method hash")
                        .happens(
                                "It answers equality only, cannot be unique, and is seldom smaller or faster than a btree.")
                        .bad("CREATE INDEX CONCURRENTLY i ON orders USING hash (a);")
                        .good("CREATE INDEX CONCURRENTLY i ON orders (a);")
                        .statement((statement, situation) -> statement instanceof Statement.CreateIndex index
                                        && index.index().method().equals("hash")
                                ? List.of(Hit.of(
                                        index.span(),
                                        "The index on %s is a hash."
                                                .formatted(index.table().sql())))
                                : List.of()),
                advice("redundant-index", "An index that another one contains")
                        .happens("Each write pays for both, and no query needs the shorter one.")
                        .bad(
                                "-- >> before\nCREATE TABLE t (a int, b int); CREATE INDEX ab ON t (a, b);\n-- >> V1__a.sql\n"
                                        + "CREATE INDEX CONCURRENTLY a ON t (a);")
                        .good(
                                "-- >> before\nCREATE TABLE t (a int, b int); CREATE INDEX ab ON t (a, b);\n-- >> V1__a.sql\n"
                                        + "CREATE INDEX CONCURRENTLY b ON t (b);")
                        .statement(TableAdvice::redundant),
                advice("max-columns", "A table of very many columns")
                        .happens(
                                "Rows become wide, every SELECT * reads all of it, and PostgreSQL ends at 1600, dropped ones included.")
                        .bad(manyColumns())
                        .good("CREATE TABLE t (a int);")
                        .statement((statement, situation) -> statement instanceof Statement.CreateTable create
                                        && create.columns().size() > MANY_COLUMNS
                                ? List.of(Hit.of(
                                        create.span(),
                                        "%s has %d columns."
                                                .formatted(
                                                        create.name().sql(),
                                                        create.columns().size())))
                                : List.of()),
                advice("max-indexes", "A table of very many indexes")
                        .happens("Each write changes all of them.")
                        .bad("-- >> before\nCREATE TABLE t (a int); " + "CREATE INDEX ON t (a); ".repeat(MANY_INDEXES)
                                + "\n-- >> V1__a.sql\nCREATE INDEX CONCURRENTLY i ON t (a);")
                        .good("CREATE INDEX CONCURRENTLY i ON orders (a);")
                        .statement((statement, situation) -> statement instanceof Statement.CreateIndex index
                                        && situation
                                                .catalog()
                                                .relation(index.table())
                                                .filter(relation ->
                                                        relation.indexes().size() >= MANY_INDEXES)
                                                .isPresent()
                                ? List.of(Hit.of(
                                        index.span(),
                                        "%s has more than %d indexes."
                                                .formatted(index.table().sql(), MANY_INDEXES)))
                                : List.of()),
                advice("comments-required", "A table without a comment")
                        .happens("What it is for stands nowhere, or only in somebody's head.")
                        .bad("CREATE TABLE t (a int);")
                        .good(
                                "CREATE TABLE t (a int); COMMENT ON TABLE t IS 'What it is for';",
                                "CREATE TEMP TABLE t (a int);")
                        .file(TableAdvice::noComment),
                advice("explicit-on-delete", "A foreign key that does not say what a DELETE does")
                        .happens("NO ACTION is what is meant or what was forgotten: the next reader cannot tell.")
                        .bad("CREATE TABLE item (order_id bigint REFERENCES orders);")
                        .good("CREATE TABLE item (order_id bigint REFERENCES orders ON DELETE RESTRICT);")
                        .phrase((phrase, situation) -> phrase.has("REFERENCES")
                                        && !phrase.has("ON DELETE")
                                        && (phrase.starts("CREATE TABLE") || phrase.starts("ALTER TABLE"))
                                ? List.of(situation.hit("A foreign key does not say what happens ON DELETE."))
                                : List.of()),
                advice("no-cascade-delete", "A foreign key with ON DELETE CASCADE")
                        .happens("One DELETE can remove rows of many tables, in one transaction, without naming them.")
                        .bad("CREATE TABLE item (order_id bigint REFERENCES orders ON DELETE CASCADE);")
                        .good("CREATE TABLE item (order_id bigint REFERENCES orders ON DELETE RESTRICT);")
                        .statement((statement, situation) -> constraints(statement).stream()
                                .filter(constraint -> constraint.foreignKey() != null
                                        && constraint.foreignKey().onDelete() == Constraint.Action.CASCADE)
                                .limit(1)
                                .map(_ -> situation.hit("Rows go along when the row goes that they refer to."))
                                .toList()),
                advice("select-star", "SELECT * in a view")
                        .happens(
                                "The columns are fixed when the view is created: one that is added later is missing in it, and OR REPLACE"
                                        + " with another order fails.")
                        .bad("CREATE VIEW v AS SELECT * FROM orders;")
                        .good(
                                "CREATE VIEW v AS SELECT id, state FROM orders;",
                                "CREATE VIEW v AS SELECT count(*) AS n FROM orders;")
                        .phrase((phrase, situation) -> phrase.starts("CREATE")
                                        && phrase.has("VIEW")
                                        && (phrase.has("SELECT *") || phrase.has(". *"))
                                ? List.of(situation.hit("The view takes all columns, whatever they are today."))
                                : List.of()),
                Rule.named("volatile-check")
                        .warning(DESIGN, "A CHECK whose result changes with time")
                        .happens(
                                "A row that was valid becomes invalid while it lies there: a restore from a backup, and VALIDATE, fail on"
                                        + " it.")
                        .bad(
                                "CREATE TABLE t (at timestamptz CHECK (at <= now()));",
                                "ALTER TABLE orders ADD CONSTRAINT c CHECK (at < current_date) NOT VALID;")
                        .good(
                                "CREATE TABLE t (at timestamptz CHECK (at <= '2100-01-01'));",
                                "CREATE TABLE t (a text CHECK (a = lower(a)));")
                        .statement(TableAdvice::changingCheck),
                Rule.named("fk-type-mismatch")
                        .warning(DESIGN, "A foreign key between columns of different types")
                        .happens(
                                "Each check converts, may not use the index, and fails on values that only one of the types has.")
                        .bad("CREATE TABLE o (id bigint PRIMARY KEY); CREATE TABLE i (o_id int REFERENCES o (id));")
                        .good(
                                "CREATE TABLE o (id bigint PRIMARY KEY); CREATE TABLE i (o_id bigint REFERENCES o (id));",
                                "CREATE TABLE o (id bigserial PRIMARY KEY); CREATE TABLE i (o_id bigint REFERENCES o);")
                        .statement(TableAdvice::otherType),
                Rule.named("duplicate-column-assignment")
                        .error(FORMAT, "A column named twice")
                        .happens("PostgreSQL refuses it at run time: \"column specified more than once\".")
                        .bad("UPDATE orders SET a = 1, a = 2 WHERE id = 1;", "CREATE TABLE t (a int, a text);")
                        .good("UPDATE orders SET a = 1, b = 2 WHERE id = 1;")
                        .statement(TableAdvice::twice),
                Rule.named("partition-key-in-primary-key")
                        .error(FORMAT, "A key of a partitioned table without its partition key")
                        .happens(
                                "PostgreSQL refuses it at run time: a unique key must include all partitioning columns.")
                        .bad("CREATE TABLE event (id bigint PRIMARY KEY, at date) PARTITION BY RANGE (at);")
                        .good("CREATE TABLE event (id bigint, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);")
                        .statement(TableAdvice::partitionKey));
    }

    private static String manyColumns() {
        StringBuilder sql = new StringBuilder("CREATE TABLE t (c0 int");
        for (int i = 1; i <= MANY_COLUMNS; i++) {
            sql.append(", c").append(i).append(" int");
        }
        return sql.append(");").toString();
    }

    static RuleDraft advice(String id, String title) {
        return Rule.named(id).info(DESIGN, title).in(Profile.ADVICE);
    }

    private static List<FileHit> noKey(MigrationFile file, Deployment deployment) {
        List<FileHit> hits = new ArrayList<>();
        for (int i = 0; i < file.statements().size(); i++) {
            if (file.statements().get(i) instanceof Statement.CreateTable create
                    && create.persistence() != Persistence.TEMPORARY
                    && create.partitionOf() == null
                    && create.templates().isEmpty()
                    && !create.fromQuery()
                    && !hasKey(create, file)) {
                hits.add(FileHit.at(
                        file,
                        i,
                        "%s has no primary key.".formatted(create.name().sql())));
            }
        }
        return hits;
    }

    private static boolean hasKey(Statement.CreateTable create, MigrationFile file) {
        return isKey(create.allConstraints())
                || file.statements().stream()
                        .anyMatch(other -> other instanceof Statement.AlterTable alter
                                && alter.name().equals(create.name())
                                && isKey(constraints(alter)));
    }

    private static boolean isKey(List<Constraint> constraints) {
        return constraints.stream().anyMatch(constraint -> constraint.kind() == Constraint.Kind.PRIMARY_KEY);
    }

    static List<Constraint> constraints(Statement statement) {
        return switch (statement) {
            case Statement.CreateTable create -> create.allConstraints();
            case Statement.AlterTable alter -> {
                List<Constraint> all = new ArrayList<>();
                for (TableAction action : alter.actions()) {
                    if (action instanceof TableAction.AddConstraint add) {
                        all.add(add.constraint());
                    } else if (action instanceof TableAction.AddColumn add) {
                        all.addAll(add.column().constraints());
                    }
                }
                yield all;
            }
            default -> List.of();
        };
    }

    private static List<FileHit> keyWithoutIndex(Deployment deployment) {
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.files()) {
            for (int i = 0; i < file.statements().size(); i++) {
                Statement statement = file.statements().get(i);
                Optional<Name> table = table(statement);
                for (Constraint constraint : constraints(statement)) {
                    if (constraint.kind() == Constraint.Kind.FOREIGN_KEY
                            && table.isPresent()
                            && !indexed(table.get(), constraint.columns(), deployment)) {
                        hits.add(FileHit.at(
                                        file,
                                        i,
                                        "No index of %s begins with %s."
                                                .formatted(table.get().sql(), String.join(", ", constraint.columns())))
                                .safer("CREATE INDEX CONCURRENTLY %s ON %s (%s);"
                                        .formatted(
                                                Name.quoted(table.get().local() + "_"
                                                        + String.join("_", constraint.columns()) + "_idx"),
                                                table.get().sql(),
                                                String.join(
                                                        ", ",
                                                        constraint.columns().stream()
                                                                .map(Name::quoted)
                                                                .toList()))));
                    }
                }
            }
        }
        return hits;
    }

    private static Optional<Name> table(Statement statement) {
        return switch (statement) {
            case Statement.CreateTable create -> Optional.of(create.name());
            case Statement.AlterTable alter -> Optional.of(alter.name());
            default -> Optional.empty();
        };
    }

    private static boolean indexed(Name table, List<String> columns, Deployment deployment) {
        return deployment.files().stream()
                .flatMap(file -> file.statements().stream())
                .anyMatch(statement -> statement instanceof Statement.CreateIndex index
                                && index.table().local().equals(table.local())
                                && index.index().predicate() == null
                                && begins(index.index().columns(), columns)
                        || table(statement).filter(table::equals).isPresent()
                                && constraints(statement).stream()
                                        .anyMatch(constraint ->
                                                constraint.kind().hasIndex() && begins(constraint.columns(), columns)));
    }

    private static boolean begins(List<String> index, List<String> columns) {
        return index.size() >= columns.size() && new HashSet<>(index.subList(0, columns.size())).containsAll(columns);
    }

    private static List<Hit> redundant(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.CreateIndex index)
                || index.unique()
                || index.index().predicate() != null
                || index.index().columns().size() != index.index().keys().size()) {
            return List.of();
        }
        return situation.catalog().relation(index.table()).map(Relation::indexes).orElse(List.of()).stream()
                .filter(other -> other.definition().predicate() == null
                        && other.definition().method().equals(index.index().method())
                        && other.definition().columns().size()
                                >= index.index().columns().size()
                        && other.definition()
                                .columns()
                                .subList(0, index.index().columns().size())
                                .equals(index.index().columns()))
                .limit(1)
                .map(other -> Hit.of(
                        index.span(), "%s has the same columns at its beginning.".formatted(Name.quoted(other.name()))))
                .toList();
    }

    private static List<FileHit> noComment(MigrationFile file, Deployment deployment) {
        List<FileHit> hits = new ArrayList<>();
        for (int i = 0; i < file.statements().size(); i++) {
            if (file.statements().get(i) instanceof Statement.CreateTable create
                    && create.persistence() != Persistence.TEMPORARY
                    && create.partitionOf() == null
                    && file.statements().stream()
                            .noneMatch(other -> other instanceof AccessStatement.Comment comment
                                    && create.name().equals(comment.table()))) {
                hits.add(FileHit.at(
                        file, i, "%s has no comment.".formatted(create.name().sql())));
            }
        }
        return hits;
    }

    private static List<Hit> changingCheck(Statement statement, Situation situation) {
        Set<String> clock = Set.of(
                "now",
                "current_timestamp",
                "current_date",
                "current_time",
                "localtime",
                "localtimestamp",
                "clock_timestamp",
                "statement_timestamp",
                "transaction_timestamp",
                "random",
                "current_user",
                "session_user");
        return constraints(statement).stream()
                .filter(constraint -> constraint.kind() == Constraint.Kind.CHECK)
                .flatMap(constraint -> Optional.ofNullable(constraint.condition()).stream())
                .filter(condition ->
                        condition.uses().functions().stream().anyMatch(function -> clock.contains(function.local())))
                .limit(1)
                .map(condition -> situation.hit(
                        "The CHECK (%s) holds today and may not hold tomorrow.".formatted(condition.text())))
                .toList();
    }

    private static List<Hit> otherType(Statement statement, Situation situation) {
        Optional<Name> table = table(statement);
        List<Hit> hits = new ArrayList<>();
        for (Constraint constraint : constraints(statement)) {
            var key = constraint.foreignKey();
            if (key == null || table.isEmpty()) {
                continue;
            }
            Optional<Relation> other = situation.catalog().relation(key.table());
            List<String> theirs = key.columns().isEmpty()
                    ? other.stream()
                            .flatMap(relation -> relation.constraints().stream())
                            .filter(c -> c.kind() == Constraint.Kind.PRIMARY_KEY)
                            .findFirst()
                            .map(Constraint::columns)
                            .orElse(List.of())
                    : key.columns();
            for (int i = 0; i < Math.min(theirs.size(), constraint.columns().size()); i++) {
                int at = i;
                Optional<DataType> mine =
                        type(statement, table.get(), constraint.columns().get(i), situation);
                Optional<DataType> their = other.flatMap(relation -> relation.column(theirs.get(at)))
                        .map(column -> column.type());
                if (mine.isPresent() && their.isPresent() && !plain(mine.get()).equals(plain(their.get()))) {
                    hits.add(situation.hit("%s is %s and refers to a column of type %s."
                            .formatted(
                                    Name.quoted(constraint.columns().get(i)),
                                    mine.get().text(),
                                    their.get().text())));
                }
            }
        }
        return hits;
    }

    private static Optional<DataType> type(Statement statement, Name table, String column, Situation situation) {
        return Columns.declared(statement).stream()
                .map(Columns.Declared::column)
                .filter(declared -> declared.name().equals(column))
                .map(Column::type)
                .findFirst()
                .or(() -> situation
                        .catalog()
                        .relation(table)
                        .flatMap(relation -> relation.column(column))
                        .map(known -> known.type()));
    }

    private static String plain(DataType type) {
        return switch (type.name().local()) {
            case "serial" -> "int4";
            case "bigserial" -> "int8";
            case "smallserial" -> "int2";
            default -> type.name().local();
        };
    }

    private static List<Hit> twice(Statement statement, Situation situation) {
        List<String> named =
                switch (statement) {
                    case Statement.Update update ->
                        update.assignments().stream()
                                .map(Statement.Assignment::column)
                                .toList();
                    case Statement.CreateTable create ->
                        create.columns().stream().map(Column::name).toList();
                    default -> List.of();
                };
        Set<String> seen = new HashSet<>();
        return named.stream()
                .filter(column -> !seen.add(column))
                .limit(1)
                .map(column -> situation.hit("%s is named twice.".formatted(column)))
                .toList();
    }

    private static List<Hit> partitionKey(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.CreateTable create) || create.partitioning() == null) {
            return List.of();
        }
        List<String> key = create.partitioning().columns();
        return create.allConstraints().stream()
                .filter(constraint -> (constraint.kind() == Constraint.Kind.PRIMARY_KEY
                                || constraint.kind() == Constraint.Kind.UNIQUE)
                        && !constraint.columns().containsAll(key))
                .limit(1)
                .map(_ -> Hit.of(
                        create.span(),
                        "A key of %s lacks its partition key %s."
                                .formatted(create.name().sql(), String.join(", ", key))))
                .toList();
    }
}
