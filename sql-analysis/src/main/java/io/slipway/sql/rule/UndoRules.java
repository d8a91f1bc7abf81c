package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.DATA_LOSS;
import static io.slipway.sql.rule.Rule.Category.FORMAT;

import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.effect.Reversibility;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether there is an undo script, and whether it undoes what the migration does. */
final class UndoRules {
    private UndoRules() {}

    static List<Rule> all() {
        return List.of(
                ScriptRules.UNDO_MISSING,
                Rule.named("undo-empty")
                        .error(FORMAT, "An undo script without a statement")
                        .happens("It undoes nothing, and yet a rollback would record the migration as undone.")
                        .bad(
                                "-- >> V1__a.sql\nCREATE TABLE t (id int);\n-- >> U1__a.sql\n-- to be written",
                                "-- >> V1__a.sql\nCREATE TABLE t (id int);\n-- >> U1__a.sql\nBEGIN; COMMIT;")
                        .good("-- >> V1__a.sql\nCREATE TABLE t (id int);\n-- >> U1__a.sql\nDROP TABLE t;")
                        .deployment(UndoRules::empty),
                Rule.named("undo-incomplete")
                        .warning(FORMAT, "An undo script that leaves something of its migration behind")
                        .happens(
                                "After the rollback the schema is not what it was before, and the migration fails when it is"
                                        + " applied again.")
                        .bad("""
                                -- >> V1__a.sql
                                CREATE TABLE t (id int);
                                ALTER TABLE orders ADD COLUMN note text;
                                -- >> U1__a.sql
                                DROP TABLE t;""", """
                                -- >> V1__a.sql
                                ALTER TABLE orders RENAME COLUMN a TO b;
                                -- >> U1__a.sql
                                SELECT 1;""")
                        .good("""
                                -- >> V1__a.sql
                                CREATE TABLE t (id int);
                                CREATE INDEX t_id ON t (id);
                                ALTER TABLE orders ADD COLUMN note text;
                                -- >> U1__a.sql
                                ALTER TABLE orders DROP COLUMN note;
                                DROP TABLE t;""", """
                                -- >> V1__a.sql
                                CREATE SCHEMA s; CREATE TABLE s.t (id int); CREATE VIEW s.v AS SELECT 1 AS a;
                                -- >> U1__a.sql
                                DROP SCHEMA s CASCADE;""")
                        .deployment(UndoRules::incomplete),
                Rule.named("undo-without-data")
                        .info(
                                DATA_LOSS,
                                "An undo script that brings back a table or column, and cannot bring back its rows")
                        .in(Profile.STRICT)
                        .happens(
                                "The table or column is there again and empty. Its values are in the backup that was made before"
                                        + " the migration, and nowhere else.")
                        .bad("""
                                -- >> V1__a.sql
                                ALTER TABLE orders DROP COLUMN note;
                                -- >> U1__a.sql
                                ALTER TABLE orders ADD COLUMN note text;""")
                        .good("""
                                -- >> V1__a.sql
                                ALTER TABLE orders ADD COLUMN note text;
                                -- >> U1__a.sql
                                ALTER TABLE orders DROP COLUMN note;""")
                        .deployment(UndoRules::withoutData),
                Rule.named("rollback-grade")
                        .warning(DATA_LOSS, "A statement without a way back, and no undo script")
                        .in(Profile.STRICT)
                        .errorInStrict()
                        .happens(
                                "Only the backup that was made before the migration brings back what it takes, and with it the"
                                        + " database as it was then.")
                        .bad("DROP TABLE orders;", "ALTER TABLE orders DROP COLUMN note;")
                        .good(
                                "ALTER TABLE orders ADD COLUMN note text;",
                                "-- >> V1__a.sql\nDROP TABLE orders;\n-- >> U1__a.sql\nCREATE TABLE orders (id bigint);")
                        .statement(UndoRules::grade));
    }

    private static List<Hit> grade(Statement statement, Situation situation) {
        boolean red = situation.effects().reversibility() == Reversibility.RED
                && situation.file().kind() == MigrationFile.Kind.VERSIONED
                && !situation.deployment().rollback()
                && situation.statement() == situation.whole();
        return red && situation.deployment().undoOf(situation.file()).isEmpty()
                ? List.of(situation.hit("There is no way back from this without the backup."))
                : List.of();
    }

    static List<FileHit> missing(Deployment deployment) {
        if (deployment.rollback()) {
            return List.of();
        }
        return deployment.files().stream()
                .filter(file -> file.kind() == MigrationFile.Kind.VERSIONED
                        && deployment.undoOf(file).isEmpty())
                .map(file -> FileHit.of(file, "%s has no undo script.".formatted(file.name())))
                .toList();
    }

    private static List<FileHit> empty(Deployment deployment) {
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.rollback() ? deployment.files() : deployment.undos()) {
            boolean nothing = file.statements().stream().allMatch(Statement.TransactionControl.class::isInstance);
            if (file.kind() == MigrationFile.Kind.UNDO && nothing) {
                hits.add(FileHit.of(file, "The undo script %s contains no statement.".formatted(file.name())));
            }
        }
        return hits;
    }

    private static List<FileHit> incomplete(Deployment deployment) {
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.files()) {
            deployment.undoOf(file).filter(UndoRules::readable).ifPresent(undo -> {
                Set<Trace> left = Trace.leftBy(file.statements());
                Trace.removedBy(undo.statements()).forEach(removed -> left.removeIf(removed::covers));
                if (!left.isEmpty() && !undo.statements().isEmpty()) {
                    hits.add(FileHit.of(
                            undo,
                            "%s does not take back all of %s; left are: %s."
                                    .formatted(
                                            undo.name(),
                                            file.name(),
                                            String.join(
                                                    ", ",
                                                    left.stream()
                                                            .map(Trace::text)
                                                            .limit(10)
                                                            .toList()))));
                }
            });
        }
        return hits;
    }

    /** Only of a script of which every statement is understood can be said what it leaves out. */
    private static boolean readable(MigrationFile undo) {
        return undo.statements().stream()
                .noneMatch(statement ->
                        statement instanceof Statement.Unreadable || statement instanceof Statement.AnonymousBlock);
    }

    private static List<FileHit> withoutData(Deployment deployment) {
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.files()) {
            deployment.undoOf(file).ifPresent(undo -> {
                Set<String> gone = dropped(file);
                for (int i = 0; i < undo.statements().size(); i++) {
                    String again = bringsBack(undo.statements().get(i), gone);
                    if (!again.isEmpty()) {
                        hits.add(FileHit.at(undo, i, "%s comes back without its rows' values.".formatted(again)));
                    }
                }
            });
        }
        return hits;
    }

    private static Set<String> dropped(MigrationFile file) {
        Set<String> gone = new LinkedHashSet<>();
        for (Statement statement : file.statements()) {
            if (statement instanceof Statement.DropObject drop) {
                drop.names().forEach(name -> gone.add(name.local()));
            } else if (statement instanceof Statement.AlterTable alter) {
                alter.actions().forEach(action -> {
                    if (action instanceof TableAction.DropColumn drop) {
                        gone.add(alter.name().local() + "." + drop.column());
                    }
                });
            }
        }
        return gone;
    }

    private static String bringsBack(Statement statement, Set<String> gone) {
        return switch (statement) {
            case Statement.CreateTable create ->
                gone.contains(create.name().local()) ? create.name().sql() : "";
            case Statement.AlterTable alter ->
                alter.actions().stream()
                        .filter(action -> action instanceof TableAction.AddColumn add
                                && gone.contains(alter.name().local() + "."
                                        + add.column().name()))
                        .map(action -> alter.name().sql() + "."
                                + ((TableAction.AddColumn) action).column().name())
                        .findFirst()
                        .orElse("");
            default -> "";
        };
    }
}
