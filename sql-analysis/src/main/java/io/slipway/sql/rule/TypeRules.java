package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.DATA_LOSS;
import static io.slipway.sql.rule.Rule.Category.FORMAT;
import static io.slipway.sql.rule.Rule.Category.REWRITE;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction.ChangeType;
import io.slipway.sql.effect.Loss;
import io.slipway.sql.effect.Rewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Columns that change their type. */
final class TypeRules {
    private TypeRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("change-column-type-rewrite")
                        .error(REWRITE, "ALTER COLUMN ... TYPE that writes the table anew")
                        .happens(
                                "Every row is written anew and every index built again, while nobody can use the table. Without the"
                                        + " schema the former type is not known, and this is assumed.")
                        .locks(RewriteRules.LOCK)
                        .bad(
                                "-- >> before\nCREATE TABLE t (a int);\n-- >> V1__a.sql\nALTER TABLE t ALTER a TYPE bigint;",
                                "ALTER TABLE orders ALTER note TYPE varchar(20);")
                        .good(
                                "-- >> before\nCREATE TABLE t (a varchar(10));\n-- >> V1__a.sql\nALTER TABLE t ALTER a TYPE"
                                        + " varchar(20);",
                                "-- >> before\nCREATE TABLE t (a varchar(10));\n-- >> V1__a.sql\nALTER TABLE t ALTER a TYPE text;",
                                "-- >> before\nCREATE TABLE t (a numeric(10,2));\n-- >> V1__a.sql\nALTER TABLE t ALTER a TYPE"
                                        + " numeric(12,2);",
                                "CREATE TABLE t (a int); ALTER TABLE t ALTER a TYPE bigint;")
                        .statement(TypeRules::rewrite),
                Rule.named("change-column-type-narrowing")
                        .error(DATA_LOSS, "ALTER COLUMN ... TYPE to one with less room")
                        .happens(
                                "It fails on the first value that does not fit, or rounds it, and no undo brings the digits back.")
                        .locks(RewriteRules.LOCK)
                        .bad(
                                "-- >> before\nCREATE TABLE t (a bigint);\n-- >> V1__a.sql\nALTER TABLE t ALTER a TYPE int;",
                                "-- >> before\nCREATE TABLE t (a text);\n-- >> V1__a.sql\nALTER TABLE t ALTER a TYPE varchar(5);")
                        .good(
                                "-- >> before\nCREATE TABLE t (a int);\n-- >> V1__a.sql\nALTER TABLE t ALTER a TYPE bigint;",
                                "ALTER TABLE orders ALTER note TYPE text;")
                        .statement(TypeRules::narrowing),
                Rule.named("change-column-type-dependents")
                        .error(FORMAT, "ALTER COLUMN ... TYPE of a column that a view uses")
                        .happens(
                                "PostgreSQL refuses it at run time: \"cannot alter type of a column used by a view or rule\".")
                        .bad(
                                "-- >> before\nCREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;\n-- >> V1__a.sql\n"
                                        + "ALTER TABLE t ALTER a TYPE bigint;")
                        .good(
                                "-- >> before\nCREATE TABLE t (a varchar(5)); CREATE VIEW v AS SELECT a FROM t;\n-- >> V1__a.sql\n"
                                        + "DROP VIEW v; ALTER TABLE t ALTER a TYPE text; CREATE VIEW v AS SELECT a FROM t;")
                        .statement(TypeRules::dependents),
                Rule.named("collation-change")
                        .warning(REWRITE, "A column that gets another collation")
                        .happens(
                                "Its indexes are built again while nobody can use the table, and rows come in another order than the"
                                        + " running release expects.")
                        .locks(RewriteRules.LOCK)
                        .bad("ALTER TABLE customers ALTER name TYPE text COLLATE \"C\";")
                        .good("CREATE TABLE t (a text); ALTER TABLE t ALTER a TYPE text COLLATE \"C\";")
                        .statement(TypeRules::collation));
    }

    private static List<ChangeType> changes(Statement statement, Situation situation) {
        return statement instanceof Statement.AlterTable alter && situation.exists(alter.name())
                ? alter.actions().stream()
                        .filter(action -> action instanceof ChangeType change
                                && situation
                                        .pending()
                                        .column(alter.name(), change.column())
                                        .existing())
                        .map(ChangeType.class::cast)
                        .toList()
                : List.of();
    }

    private static Name table(Situation situation) {
        return ((Statement.AlterTable) situation.statement()).name();
    }

    private static List<Hit> rewrite(Statement statement, Situation situation) {
        List<ChangeType> changes = changes(statement, situation);
        if (changes.isEmpty()) {
            return List.of();
        }
        Name full = situation.catalog().resolve(table(situation));
        Optional<Rewrite> heap = situation.effects().rewrites().stream()
                .filter(rewrite -> rewrite.relation().equals(full))
                .findFirst();
        boolean indexes = situation.effects().indexBuilds().stream().anyMatch(build -> !build.reused());
        List<Hit> hits = new ArrayList<>();
        for (ChangeType change : changes) {
            String column = Name.quoted(change.column());
            String guess = heap.filter(rewrite -> !rewrite.proven()).isPresent()
                    ? " as far as is known: the schema was not given"
                    : "";
            Hit hit = Hit.of(
                            change.span(),
                            heap.isPresent()
                                    ? "TYPE %s writes every row of %s anew%s."
                                            .formatted(
                                                    change.type().text(),
                                                    table(situation).sql(),
                                                    guess)
                                    : "TYPE %s builds the indexes on %s of %s again."
                                            .formatted(
                                                    change.type().text(),
                                                    column,
                                                    table(situation).sql()))
                    .locks(Locks.accessExclusive(table(situation)))
                    .safer("""
                    -- A second column, kept in step by a trigger, filled in batches, and swapped in a later release:
                    ALTER TABLE %s ADD COLUMN %s %s;""".formatted(
                                    table(situation).sql(),
                                    Name.quoted(change.column() + "_new"),
                                    change.type().text()))
                    .growsWith(table(situation));
            if (heap.isPresent()) {
                hits.add(hit);
            } else if (indexes) {
                hits.add(hit.as(Severity.WARNING));
            }
        }
        return hits;
    }

    private static List<Hit> narrowing(Statement statement, Situation situation) {
        boolean loses = situation.effects().losses().stream().anyMatch(loss -> loss.kind() == Loss.Kind.PRECISION);
        return loses
                ? changes(statement, situation).stream()
                        .filter(change -> known(change, situation))
                        .map(change -> Hit.of(
                                        change.span(),
                                        "%s of %s may have values that do not fit into %s."
                                                .formatted(
                                                        Name.quoted(change.column()),
                                                        table(situation).sql(),
                                                        change.type().text()))
                                .locks(Locks.accessExclusive(table(situation)))
                                .safer(
                                        "-- Must give no row before it runs:\nSELECT count(*) FROM %1$s WHERE %2$s::text IS DISTINCT FROM %2$s::%3$s::text;"
                                                .formatted(
                                                        table(situation).sql(),
                                                        Name.quoted(change.column()),
                                                        change.type().text())))
                        .toList()
                : List.of();
    }

    private static boolean known(ChangeType change, Situation situation) {
        return situation
                .catalog()
                .relation(table(situation))
                .flatMap(relation -> relation.column(change.column()))
                .isPresent();
    }

    private static List<Hit> dependents(Statement statement, Situation situation) {
        String failure = situation.effects().failure();
        return failure != null && failure.startsWith("A view depends")
                ? changes(statement, situation).stream()
                        .limit(1)
                        .map(change -> Hit.of(change.span(), failure)
                                .safer(
                                        "-- In the same script, the views that use the column before and behind it:\n-- DROP VIEW ...;\n"
                                                + "-- CREATE VIEW ...;"))
                        .toList()
                : List.of();
    }

    private static List<Hit> collation(Statement statement, Situation situation) {
        return changes(statement, situation).stream()
                .filter(change -> change.collation() != null)
                .map(change -> Hit.of(
                                change.span(),
                                "%s of %s sorts in another order from now on."
                                        .formatted(
                                                Name.quoted(change.column()),
                                                table(situation).sql()))
                        .locks(Locks.accessExclusive(table(situation)))
                        .growsWith(table(situation)))
                .toList();
    }
}
