package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.DESIGN;
import static io.slipway.sql.rule.TableAdvice.advice;
import static io.slipway.sql.rule.TableAdvice.constraints;

import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Relation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** How foreign keys should be made. */
final class ReferenceAdvice {
    private ReferenceAdvice() {}

    static List<Rule> all() {
        return List.of(
                advice("fk-without-index", "A foreign key without an index on its columns")
                        .happens(
                                "Each DELETE of a referenced row, and each change of its key, reads the whole referencing table.")
                        .bad("CREATE TABLE item (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);")
                        .good(
                                "CREATE TABLE item (order_id bigint REFERENCES orders); CREATE INDEX ON item (order_id);",
                                "CREATE TABLE item (order_id bigint REFERENCES orders, n int, PRIMARY KEY (order_id, n));")
                        .deployment(ReferenceAdvice::keyWithoutIndex),
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
                Rule.named("fk-type-mismatch")
                        .warning(DESIGN, "A foreign key between columns of different types")
                        .happens(
                                "Each check converts, may not use the index, and fails on values that only one of the types has.")
                        .bad("CREATE TABLE o (id bigint PRIMARY KEY); CREATE TABLE i (o_id int REFERENCES o (id));")
                        .good(
                                "CREATE TABLE o (id bigint PRIMARY KEY); CREATE TABLE i (o_id bigint REFERENCES o (id));",
                                "CREATE TABLE o (id bigserial PRIMARY KEY); CREATE TABLE i (o_id bigint REFERENCES o);")
                        .statement(ReferenceAdvice::otherType));
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
}
