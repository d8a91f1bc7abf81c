package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.DESIGN;
import static io.slipway.sql.rule.Rule.Category.FORMAT;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How tables and their views should be made. */
final class TableAdvice {
    private static final int MANY_COLUMNS = 100;

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
                advice("comments-required", "A table without a comment")
                        .happens("What it is for stands nowhere, or only in somebody's head.")
                        .bad("CREATE TABLE t (a int);")
                        .good(
                                "CREATE TABLE t (a int); COMMENT ON TABLE t IS 'What it is for';",
                                "CREATE TEMP TABLE t (a int);")
                        .file(TableAdvice::noComment),
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
