package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.DATA_LOSS;
import static io.slipway.sql.rule.Rule.Category.FORMAT;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.TransactionControl.Verb;
import io.slipway.sql.ast.TableAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What runs in one transaction, what must not, and what Flyway makes of it. */
final class TransactionRules {
    private static final String OWN_SETTING =
            "-- In a file of the same name with .conf behind it:\n-- executeInTransaction=false";

    private TransactionRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("concurrently-in-transaction")
                        .error(FORMAT, "A statement that PostgreSQL refuses inside a transaction block, inside of one")
                        .happens(
                                "It fails at run time: CONCURRENTLY, VACUUM, ALTER SYSTEM, CREATE DATABASE and their kin need"
                                        + " several transactions of their own, or none.")
                        .bad(
                                "BEGIN; CREATE INDEX CONCURRENTLY i ON orders (a); COMMIT;",
                                "-- >> V1__a.sql\nDROP INDEX CONCURRENTLY i;\n-- >> V1__a.sql.conf\nexecuteInTransaction=true")
                        .good("CREATE INDEX CONCURRENTLY i ON orders (a);", "REFRESH MATERIALIZED VIEW CONCURRENTLY v;")
                        .file(TransactionRules::insideTransaction),
                Rule.named("flyway-mixed-migration")
                        .error(FORMAT, "Transactional and other statements in one script")
                        .happens(
                                "Flyway refuses the script before it runs anything of it, unless flyway.mixed is set; and then it"
                                        + " runs all of it without a transaction.")
                        .bad("CREATE INDEX CONCURRENTLY i ON orders (a); ALTER TABLE orders ADD b int;")
                        .good(
                                "CREATE INDEX CONCURRENTLY i ON orders (a); DROP INDEX CONCURRENTLY j;",
                                "-- >> V1__a.sql\nSET lock_timeout = '2s'; CREATE INDEX CONCURRENTLY i ON orders (a);\n"
                                        + "-- >> V1__a.sql.conf\nexecuteInTransaction=false")
                        .file(TransactionRules::mixed),
                Rule.named("flyway-non-transactional-not-detected")
                        .error(
                                FORMAT,
                                "A statement that cannot run in a transaction, and of which Flyway does not know it")
                        .happens("Flyway opens a transaction around it, and PostgreSQL refuses it.")
                        .bad(
                                "REINDEX INDEX CONCURRENTLY orders_a;",
                                "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY;",
                                "REINDEX (VERBOSE) SCHEMA shop;",
                                "CLUSTER;")
                        .good(
                                "CREATE INDEX CONCURRENTLY i ON orders (a);",
                                "-- >> V1__a.sql\nREINDEX INDEX CONCURRENTLY i;\n-- >> V1__a.sql.conf\nexecuteInTransaction=false")
                        .file(TransactionRules::notDetected),
                Rule.named("explicit-transaction-control")
                        .error(FORMAT, "BEGIN, COMMIT or ROLLBACK in a script that Flyway runs")
                        .happens(
                                "Flyway has opened a transaction already. COMMIT ends it in the middle: what follows runs without"
                                        + " one, and when it fails the first half stays. Slipway's own records are written in it, too.")
                        .bad(
                                "BEGIN; ALTER TABLE t ADD a int; COMMIT;",
                                "ALTER TABLE t ADD a int; COMMIT; UPDATE t SET a = 1 WHERE id = 1;",
                                "START TRANSACTION; SELECT 1;")
                        .good(
                                "SAVEPOINT a; SELECT 1; RELEASE a;",
                                "-- >> V1__a.sql\nBEGIN; ALTER TABLE t ADD a int; COMMIT;\n-- >> V1__a.sql.conf\n"
                                        + "executeInTransaction=false",
                                "-- >> script.sql\nBEGIN; ALTER TABLE t ADD a int; COMMIT;")
                        .file(TransactionRules::explicit),
                Rule.named("non-transactional-not-retryable")
                        .warning(FORMAT, "A script without a transaction that cannot be run a second time")
                        .happens(
                                "When a later statement fails, the earlier ones stay. The next attempt begins at the top and fails"
                                        + " on what is there already.")
                        .bad("CREATE INDEX CONCURRENTLY a ON t (a); CREATE INDEX CONCURRENTLY b ON t (b);")
                        .good(
                                "CREATE INDEX CONCURRENTLY a ON t (a);",
                                "DROP INDEX CONCURRENTLY IF EXISTS a; CREATE INDEX CONCURRENTLY a ON t (a);")
                        .file(TransactionRules::notRetryable),
                Rule.named("concurrent-index-if-not-exists-trap")
                        .warning(FORMAT, "CREATE INDEX CONCURRENTLY IF NOT EXISTS")
                        .happens(
                                "A failed attempt leaves an INVALID index of that name behind. The next attempt finds it, does"
                                        + " nothing and reports success: no query uses the index, and each write pays for it.")
                        .bad("CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_a ON orders (a);")
                        .good(
                                "DROP INDEX CONCURRENTLY IF EXISTS orders_a; CREATE INDEX CONCURRENTLY orders_a ON orders (a);",
                                "DROP INDEX CONCURRENTLY IF EXISTS a; CREATE INDEX CONCURRENTLY IF NOT EXISTS a ON t (a);",
                                "CREATE INDEX CONCURRENTLY orders_a ON orders (a);")
                        .statement(TransactionRules::trap),
                Rule.named("ddl-and-backfill-same-transaction")
                        .error(DATA_LOSS, "Many rows changed while the transaction holds a table lock")
                        .happens(
                                "The lock of the first statement is held until the last row is written: the whole table stands"
                                        + " still for as long as the backfill takes.")
                        .locks(
                                "ACCESS EXCLUSIVE on the table that was altered: blocks all reads and writes until the end.")
                        .bad(
                                "ALTER TABLE orders ADD a int; UPDATE orders SET a = b WHERE a IS NULL;",
                                "ALTER TABLE orders ADD a int; UPDATE items SET a = b;")
                        .good(
                                "-- >> V1__a.sql\nALTER TABLE orders ADD a int;\n-- >> V2__b.sql\nUPDATE orders SET a = b WHERE a"
                                        + " IS NULL;",
                                "ALTER TABLE orders ADD a int; UPDATE settings SET v = 1 WHERE k = 'x';",
                                "CREATE TABLE n (id int); ALTER TABLE n ADD a int; INSERT INTO n SELECT 1;")
                        .statement(TransactionRules::backfillBehindLock));
    }

    private static List<FileHit> insideTransaction(MigrationFile file, Deployment deployment) {
        List<FileHit> hits = new ArrayList<>();
        boolean open = file.settings().executeInTransaction().orElse(false);
        for (int i = 0; i < file.statements().size(); i++) {
            Statement statement = file.statements().get(i);
            if (statement instanceof Statement.TransactionControl control) {
                open = control.verb() == Verb.BEGIN || open && !ends(control.verb());
            } else if (open && !statement.transactional()) {
                hits.add(FileHit.at(file, i, "%s cannot run inside a transaction block.".formatted(file.brief(i)))
                        .safer("-- In a migration of its own:\n" + text(file, i) + ";"));
            }
        }
        return hits;
    }

    private static List<FileHit> mixed(MigrationFile file, Deployment deployment) {
        if (deployment.environment().mixed()
                || file.kind() == MigrationFile.Kind.OTHER
                || file.settings().executeInTransaction().isPresent()) {
            return List.of();
        }
        Optional<Integer> other = first(file, true);
        Optional<Integer> transactional = first(file, false);
        return other.isPresent() && transactional.isPresent()
                ? List.of(FileHit.at(
                                file,
                                other.get(),
                                "%s cannot run in a transaction, and line %d of the same script does."
                                        .formatted(
                                                file.brief(other.get()),
                                                file.statements()
                                                        .get(transactional.get())
                                                        .span()
                                                        .start()
                                                        .line()))
                        .safer("-- In a migration of its own:\n" + text(file, other.get()) + ";"))
                : List.of();
    }

    private static Optional<Integer> first(MigrationFile file, boolean seen) {
        for (int i = 0; i < file.phrases().size(); i++) {
            if (FlywayParser.seesNonTransactional(file.phrases().get(i)) == seen) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static List<FileHit> notDetected(MigrationFile file, Deployment deployment) {
        if (!file.runsInTransaction() || file.kind() == MigrationFile.Kind.OTHER) {
            return List.of();
        }
        List<FileHit> hits = new ArrayList<>();
        for (int i = 0; i < file.statements().size(); i++) {
            Statement statement = file.statements().get(i);
            if (!statement.transactional()
                    && !(statement instanceof Statement.TransactionControl)
                    && file.settings().executeInTransaction().isEmpty()) {
                hits.add(FileHit.at(
                                file,
                                i,
                                "Flyway runs %s in a transaction, where PostgreSQL refuses it."
                                        .formatted(file.brief(i)))
                        .safer(OWN_SETTING));
            }
        }
        return hits;
    }

    private static List<FileHit> explicit(MigrationFile file, Deployment deployment) {
        List<FileHit> hits = new ArrayList<>();
        boolean managed = file.kind() != MigrationFile.Kind.OTHER
                && file.settings().executeInTransaction().orElse(true);
        int open = -1;
        for (int i = 0; i < file.statements().size(); i++) {
            if (!(file.statements().get(i) instanceof Statement.TransactionControl control)
                    || control.verb() != Verb.BEGIN && !ends(control.verb())) {
                continue;
            }
            if (managed) {
                return List.of(FileHit.at(file, i, "The script controls a transaction that Flyway has opened for it."));
            }
            if (control.verb() == Verb.BEGIN && open >= 0) {
                hits.add(FileHit.at(file, i, "This BEGIN stands inside a transaction: PostgreSQL ignores it."));
            } else if (ends(control.verb()) && open < 0) {
                hits.add(FileHit.at(file, i, "There is no transaction here that could end."));
            }
            open = control.verb() == Verb.BEGIN ? i : -1;
        }
        if (open >= 0) {
            hits.add(FileHit.at(file, open, "Nothing ends this transaction: all of it is rolled back at the end."));
        }
        return hits;
    }

    private static List<FileHit> notRetryable(MigrationFile file, Deployment deployment) {
        boolean refused = !mixed(file, deployment).isEmpty();
        if (refused || file.runsInTransaction() || file.kind() == MigrationFile.Kind.OTHER) {
            return List.of();
        }
        List<FileHit> hits = new ArrayList<>();
        for (int i = 0; i < file.statements().size() - 1; i++) {
            if (!repeatable(file, i)) {
                hits.add(FileHit.at(
                        file,
                        i,
                        "%s fails when the script is run again after a later statement failed."
                                .formatted(file.brief(i))));
            }
        }
        return hits;
    }

    private static boolean repeatable(MigrationFile file, int index) {
        Phrase phrase = file.phrases().get(index);
        Statement statement = file.statements().get(index);
        if (statement instanceof Statement.CreateIndex create && create.name() != null) {
            return create.ifNotExists()
                    || droppedBefore(create.name(), file.statements().subList(0, index));
        }
        return switch (phrase.word(0)) {
            case "CREATE" -> phrase.has("IF NOT EXISTS") || phrase.has("OR REPLACE");
            case "DROP" -> phrase.has("IF EXISTS");
            case "ALTER" ->
                statement instanceof Statement.AlterTable alter
                                && alter.actions().stream()
                                        .allMatch(action -> action instanceof TableAction.ValidateConstraint
                                                || action instanceof TableAction.SetNotNull
                                                || action instanceof TableAction.DropNotNull
                                                || action instanceof TableAction.SetDefault
                                                || action instanceof TableAction.DropDefault)
                        || phrase.has("IF EXISTS")
                        || phrase.has("IF NOT EXISTS")
                        || phrase.starts("ALTER SYSTEM");
            case "INSERT" -> phrase.has("ON CONFLICT");
            default -> true;
        };
    }

    static boolean droppedBefore(String index, List<Statement> before) {
        return before.stream()
                .anyMatch(statement -> statement instanceof Statement.DropObject drop
                        && drop.ifExists()
                        && drop.names().stream().map(Name::local).anyMatch(index::equals));
    }

    private static List<Hit> trap(Statement statement, Situation situation) {
        return statement instanceof Statement.CreateIndex index
                        && index.concurrently()
                        && index.ifNotExists()
                        && index.name() != null
                        && situation.exists(index.table())
                        && !droppedBefore(index.name(), situation.preceding())
                ? List.of(Hit.of(
                                index.span(),
                                "IF NOT EXISTS keeps an INVALID %s that a failed attempt left behind."
                                        .formatted(Name.quoted(index.name())))
                        .safer("DROP INDEX CONCURRENTLY IF EXISTS %s;\n%s;"
                                .formatted(
                                        index.table().sibling(index.name()).sql(),
                                        situation.text().replaceFirst("(?i)IF\\s+NOT\\s+EXISTS\\s+", ""))))
                : List.of();
    }

    private static List<Hit> backfillBehindLock(Statement statement, Situation situation) {
        Optional<Name> changed =
                statement instanceof Statement.Update update && !update.hasWhere() && situation.exists(update.table())
                        ? Optional.of(update.table())
                        : RowRules.manyRowsOf(statement, situation);
        if (changed.isEmpty() || !situation.file().runsInTransaction()) {
            return List.of();
        }
        return situation.preceding().stream()
                .filter(before -> before instanceof Statement.AlterTable alter && situation.exists(alter.name()))
                .filter(before -> locksAll((Statement.AlterTable) before))
                .limit(1)
                .map(before -> Hit.of(
                                statement.span(),
                                "It changes rows of %s while %s is locked since line %d."
                                        .formatted(
                                                changed.get().sql(),
                                                ((Statement.AlterTable) before)
                                                        .name()
                                                        .sql(),
                                                before.span().start().line()))
                        .safer("-- In a migration of its own, behind this one:\n" + situation.text() + ";")
                        .growsWith(changed.get()))
                .toList();
    }

    private static boolean locksAll(Statement.AlterTable alter) {
        return !alter.actions().stream().allMatch(TableAction.ValidateConstraint.class::isInstance);
    }

    private static boolean ends(Verb verb) {
        return verb == Verb.COMMIT || verb == Verb.ROLLBACK;
    }

    private static String text(MigrationFile file, int index) {
        return file.split().fragments().get(index).text();
    }
}
