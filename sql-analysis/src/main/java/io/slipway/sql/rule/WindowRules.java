package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.AVAILABILITY;
import static io.slipway.sql.rule.Rule.Category.FORMAT;

import io.slipway.sql.ast.AccessStatement.SetParameter;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableAction;
import io.slipway.sql.effect.LockMode;
import io.slipway.sql.effect.TableScan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** For how long, and on how many tables, one transaction and one deployment keep others waiting. */
final class WindowRules {
    private WindowRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.named("statement-while-holding-access-exclusive")
                        .warning(AVAILABILITY, "A statement that takes long while the transaction has a table closed")
                        .happens(
                                "The table stays closed until the last statement of the script is done, not only while it is changed.")
                        .locks("ACCESS EXCLUSIVE of an earlier statement: " + Locks.ALL + ".")
                        .bad(
                                "ALTER TABLE orders ADD a int; REFRESH MATERIALIZED VIEW CONCURRENTLY sales;",
                                "ALTER TABLE orders ADD a int; ALTER TABLE items VALIDATE CONSTRAINT c;")
                        .good(
                                "ALTER TABLE orders ADD a int; COMMENT ON COLUMN orders.a IS 'x';",
                                "ALTER TABLE orders ADD a int; SELECT 1;")
                        .statement(WindowRules::whileHolding),
                Rule.named("wide-lock-window")
                        .warning(AVAILABILITY, "Several tables in use closed by one transaction")
                        .happens(
                                "The first stays closed while the second is waited for, and whoever holds the second and wants the first"
                                        + " ends in a deadlock.")
                        .locks("ACCESS EXCLUSIVE on all of them at once: " + Locks.ALL + ".")
                        .bad("ALTER TABLE orders ADD a int; ALTER TABLE items ADD b int;")
                        .good(
                                "-- >> V1__a.sql\nALTER TABLE orders ADD a int;\n-- >> V2__b.sql\nALTER TABLE items ADD b int;",
                                "CREATE TABLE t (a int); ALTER TABLE t ADD b int; ALTER TABLE orders ADD c int;",
                                "ALTER TABLE orders ADD a int; ALTER TABLE orders ADD b int;")
                        .statement(WindowRules::wide),
                Rule.named("multiple-alter-same-table")
                        .info(AVAILABILITY, "Several ALTER TABLE on one table")
                        .in(Profile.ADVICE)
                        .happens(
                                "One statement with several actions takes the lock once, and where rows must be read or written it does so"
                                        + " once.")
                        .bad("ALTER TABLE orders ADD a int; ALTER TABLE orders ADD b int;")
                        .good(
                                "ALTER TABLE orders ADD a int, ADD b int;",
                                "CREATE TABLE t (a int); ALTER TABLE t ADD b int; ALTER TABLE t ADD c int;")
                        .statement(WindowRules::again),
                Rule.named("cross-migration-lock-budget")
                        .warning(AVAILABILITY, "A table closed by several scripts of one deployment")
                        .in(Profile.STRICT)
                        .happens("Its users wait as many times in one deployment.")
                        .locks("ACCESS EXCLUSIVE, once for each script: " + Locks.ALL + ".")
                        .bad(
                                "-- >> V1__a.sql\nALTER TABLE orders ADD a int;\n-- >> V2__b.sql\nALTER TABLE orders ADD b int;")
                        .good(
                                "-- >> V1__a.sql\nALTER TABLE orders ADD a int;\n-- >> V2__b.sql\nALTER TABLE orders VALIDATE CONSTRAINT c;")
                        .deployment(WindowRules::budget),
                Rule.named("built-then-rewritten")
                        .warning(
                                AVAILABILITY,
                                "An index that is built, and dropped or built again in the same deployment")
                        .happens("The work is done twice, and the table is locked or loaded twice.")
                        .bad(
                                "-- >> V1__a.sql\nCREATE INDEX CONCURRENTLY i ON orders (a);\n-- >> V2__b.sql\nDROP INDEX CONCURRENTLY i;",
                                "-- >> V1__a.sql\nCREATE INDEX CONCURRENTLY i ON orders (a);\n-- >> V2__b.sql\nALTER TABLE orders ALTER a TYPE"
                                        + " bigint;")
                        .good(
                                "-- >> V1__a.sql\nDROP INDEX CONCURRENTLY IF EXISTS i; CREATE INDEX CONCURRENTLY i ON orders (a);")
                        .deployment(WindowRules::twice),
                Rule.named("object-used-before-created")
                        .error(FORMAT, "A table that an earlier statement uses than the one that creates it")
                        .happens(
                                "It fails in a database that has not got the table yet: the next test database, or production.")
                        .bad(
                                "-- >> V1__a.sql\nALTER TABLE orders ADD a int;\n-- >> V2__b.sql\nCREATE TABLE orders (id int);")
                        .good(
                                "-- >> V1__a.sql\nCREATE TABLE orders (id int);\n-- >> V2__b.sql\nALTER TABLE orders ADD a int;",
                                "ALTER TABLE orders RENAME TO orders_old; CREATE TABLE orders (id int);",
                                "DROP TABLE orders; CREATE TABLE orders (id int);")
                        .deployment(WindowRules::tooEarly),
                Rule.named("missing-lock-timeout")
                        .warning(AVAILABILITY, "A lock that others wait for, and no lock_timeout")
                        .in(Profile.STRICT)
                        .errorInStrict()
                        .happens(
                                "While it waits for the lock, everybody who comes after waits behind it. Slipway sets a timeout for what it"
                                        + " runs; other tools do not.")
                        .bad("ALTER TABLE orders ADD a int;", "ALTER TABLE orders ADD a int; SET lock_timeout = '2s';")
                        .good(
                                "SET lock_timeout = '2s'; ALTER TABLE orders ADD a int;",
                                "CREATE TABLE t (a int); ALTER TABLE t ADD b int;",
                                "SET lock_timeout = '2s'; CREATE TABLE t (a int);")
                        .statement((statement, situation) -> missing(
                                situation,
                                "lock_timeout",
                                LockMode.SHARE_ROW_EXCLUSIVE,
                                "SET LOCAL lock_timeout = '2s';")),
                Rule.named("missing-statement-timeout")
                        .info(AVAILABILITY, "A lock that others wait for, and no statement_timeout")
                        .in(Profile.STRICT)
                        .happens("A statement that takes longer than anybody thought holds its locks for as long.")
                        .bad("ALTER TABLE orders ADD a int;")
                        .good("SET statement_timeout = '30s'; ALTER TABLE orders ADD a int;")
                        .statement((statement, situation) -> missing(
                                situation,
                                "statement_timeout",
                                LockMode.SHARE_ROW_EXCLUSIVE,
                                "SET LOCAL statement_timeout = '30s';")),
                Rule.named("missing-idle-timeout")
                        .info(AVAILABILITY, "A lock that others wait for, and no idle_in_transaction_session_timeout")
                        .in(Profile.STRICT)
                        .happens("When the client goes away in the middle, the locks stay until the server notices.")
                        .bad("ALTER TABLE orders ADD a int;")
                        .good("SET idle_in_transaction_session_timeout = '1min'; ALTER TABLE orders ADD a int;")
                        .statement((statement, situation) -> missing(
                                situation,
                                "idle_in_transaction_session_timeout",
                                LockMode.SHARE_ROW_EXCLUSIVE,
                                "SET LOCAL idle_in_transaction_session_timeout = '1min';")),
                Rule.named("lock-timeout-ordering")
                        .error(AVAILABILITY, "SET lock_timeout behind the statement that needs it")
                        .happens("The statement before it has waited without a limit already.")
                        .bad("ALTER TABLE orders ADD a int; SET lock_timeout = '2s';")
                        .good(
                                "SET lock_timeout = '2s'; ALTER TABLE orders ADD a int;",
                                "SET lock_timeout = '2s'; ALTER TABLE orders ADD a int; RESET lock_timeout;")
                        .statement(WindowRules::late),
                Rule.named("lock-timeout-zero")
                        .error(AVAILABILITY, "lock_timeout set to 0")
                        .happens("0 means to wait for ever, and everybody who comes after waits behind it.")
                        .bad("SET lock_timeout = 0;", "SET LOCAL lock_timeout TO '0s';")
                        .good("SET lock_timeout = '2s';", "RESET lock_timeout;")
                        .statement((statement, situation) -> timeout(statement) == 0
                                ? List.of(Hit.of(statement.span(), "lock_timeout 0 waits for ever.")
                                        .safer("SET LOCAL lock_timeout = '2s';"))
                                : List.of()),
                Rule.named("lock-timeout-too-long")
                        .warning(AVAILABILITY, "lock_timeout of more than 10 seconds")
                        .happens("For as long as it waits, everybody who comes after waits behind it.")
                        .bad("SET lock_timeout = '5min';", "SET lock_timeout = 60000;")
                        .good("SET lock_timeout = '5s';", "SET lock_timeout = 2000;")
                        .statement((statement, situation) -> timeout(statement) > 10_000
                                ? List.of(Hit.of(
                                                statement.span(),
                                                "lock_timeout lets others wait for more than 10 seconds.")
                                        .safer("SET LOCAL lock_timeout = '2s';"))
                                : List.of()));
    }

    private static List<Hit> whileHolding(Statement statement, Situation situation) {
        List<Name> closed =
                situation.held().closed().stream().filter(situation::exists).toList();
        boolean changesRows = statement instanceof Statement.Update
                || statement instanceof Statement.Delete
                || statement instanceof Statement.Insert;
        boolean longRead = situation.effects().scans().stream()
                .anyMatch(scan -> situation.exists(scan.relation())
                        && (scan.proven() || scan.why() != TableScan.Why.QUERY)
                        && scan.why() != TableScan.Why.UPDATE
                        && scan.why() != TableScan.Why.DELETE);
        boolean passedOver = closed.isEmpty()
                || changesRows
                || !longRead
                || situation.statement() != situation.whole()
                // There it is said with more words.
                || !ValidationRules.atOnce(statement, situation).isEmpty();
        if (passedOver) {
            return List.of();
        }
        return List.of(Hit.of(
                        statement.span(),
                        "%s stays closed while this runs."
                                .formatted(closed.stream().map(Name::sql).collect(Collectors.joining(", "))))
                .locks(LockMode.ACCESS_EXCLUSIVE.on(closed))
                .safer("-- In a migration of its own, behind this one:\n" + situation.text() + ";"));
    }

    private static List<Hit> wide(Statement statement, Situation situation) {
        if (!situation.inTransaction() || situation.statement() != situation.whole()) {
            return List.of();
        }
        Set<Name> before = new LinkedHashSet<>(situation.held().closed());
        before.removeIf(name -> !situation.exists(name));
        List<Name> more = closedBy(situation).stream()
                .filter(name -> !before.contains(name))
                .toList();
        return before.isEmpty() || more.isEmpty()
                ? List.of()
                : List.of(Hit.of(
                                statement.span(),
                                "It closes %s while %s is closed already."
                                        .formatted(names(more), names(List.copyOf(before))))
                        .locks(LockMode.ACCESS_EXCLUSIVE.on(more))
                        .safer("-- In a migration of its own:\n" + situation.text() + ";"));
    }

    private static List<Name> closedBy(Situation situation) {
        return situation.effects().locksOnExisting().stream()
                .filter(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE
                        && lock.target() == io.slipway.sql.effect.LockTaken.Target.TABLE
                        && situation.exists(lock.relation()))
                .map(lock -> lock.relation())
                .distinct()
                .toList();
    }

    private static List<Hit> again(Statement statement, Situation situation) {
        return statement instanceof Statement.AlterTable alter
                        && situation.exists(alter.name())
                        && situation.index() > 0
                        && situation.preceding().getLast() instanceof Statement.AlterTable before
                        && situation.pending().same(before.name(), alter.name())
                ? List.of(Hit.of(
                        alter.span(),
                        "It alters %s like the statement before it."
                                .formatted(alter.name().sql())))
                : List.of();
    }

    private static List<FileHit> budget(Deployment deployment) {
        Map<Name, MigrationFile> first = new LinkedHashMap<>();
        Set<Name> created = new LinkedHashSet<>();
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.files()) {
            Set<Name> here = new LinkedHashSet<>();
            for (int i = 0; i < file.statements().size(); i++) {
                Statement statement = file.statements().get(i);
                if (statement instanceof Statement.CreateTable create) {
                    created.add(create.name());
                } else if (statement instanceof Statement.AlterTable alter
                        && !created.contains(alter.name())
                        && !alter.actions().stream().allMatch(TableAction.ValidateConstraint.class::isInstance)
                        && here.add(alter.name())) {
                    MigrationFile earlier = first.putIfAbsent(alter.name(), file);
                    if (earlier != null) {
                        hits.add(FileHit.at(
                                file,
                                i,
                                "%s is closed by %s as well."
                                        .formatted(alter.name().sql(), earlier.name())));
                    }
                }
            }
        }
        return hits;
    }

    private static List<FileHit> twice(Deployment deployment) {
        Map<String, Statement.CreateIndex> built = new LinkedHashMap<>();
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.files()) {
            for (int i = 0; i < file.statements().size(); i++) {
                switch (file.statements().get(i)) {
                    case Statement.CreateIndex index -> {
                        if (index.name() != null) {
                            built.put(index.name(), index);
                        }
                    }
                    case Statement.DropObject drop
                    when drop.kind() == ObjectKind.INDEX -> {
                        for (Name name : drop.names()) {
                            if (built.remove(name.local()) != null) {
                                hits.add(FileHit.at(
                                        file,
                                        i,
                                        "%s is built in this deployment, and dropped again.".formatted(name.sql())));
                            }
                        }
                    }
                    case Statement.AlterTable alter -> {
                        for (TableAction action : alter.actions()) {
                            if (action instanceof TableAction.ChangeType change) {
                                built.values().stream()
                                        .filter(index -> index.table()
                                                        .local()
                                                        .equals(alter.name().local())
                                                && index.index().mentions(change.column()))
                                        .findFirst()
                                        .ifPresent(index -> hits.add(FileHit.at(
                                                file,
                                                indexOf(file, alter),
                                                "%s is built in this deployment, and built again for the new type."
                                                        .formatted(Name.quoted(String.valueOf(index.name()))))));
                            }
                        }
                    }
                    default -> {}
                }
            }
        }
        return hits;
    }

    private static int indexOf(MigrationFile file, Statement statement) {
        return file.statements().indexOf(statement);
    }

    private static List<FileHit> tooEarly(Deployment deployment) {
        Map<Name, Boolean> known = new LinkedHashMap<>();
        Map<Name, FileHit> used = new LinkedHashMap<>();
        List<FileHit> hits = new ArrayList<>();
        for (MigrationFile file : deployment.files()) {
            for (int i = 0; i < file.statements().size(); i++) {
                switch (file.statements().get(i)) {
                    case Statement.CreateTable create -> {
                        FileHit early = create.ifNotExists() ? null : used.get(create.name());
                        if (early != null && !known.containsKey(create.name())) {
                            hits.add(early);
                        }
                        known.put(create.name(), true);
                    }
                    case Statement.AlterTable alter -> {
                        boolean moves = alter.actions().stream()
                                .anyMatch(action -> action instanceof TableAction.RenameTable
                                        || action instanceof TableAction.SetSchema);
                        if (moves || alter.ifExists()) {
                            known.put(alter.name(), true);
                        } else {
                            used.putIfAbsent(
                                    alter.name(),
                                    FileHit.at(
                                            file,
                                            i,
                                            "%s is used here and created later."
                                                    .formatted(alter.name().sql())));
                        }
                    }
                    case Statement.CreateIndex index ->
                        used.putIfAbsent(
                                index.table(),
                                FileHit.at(
                                        file,
                                        i,
                                        "%s is used here and created later."
                                                .formatted(index.table().sql())));
                    case Statement.DropObject drop -> drop.names().forEach(name -> known.put(name, true));
                    default -> {}
                }
            }
        }
        return hits;
    }

    private static List<Hit> missing(Situation situation, String parameter, LockMode atLeast, String safer) {
        boolean waitedFor = situation.effects().locksOnExisting().stream()
                .anyMatch(lock -> lock.mode().compareTo(atLeast) >= 0 && situation.exists(lock.relation()));
        boolean first = waitedFor
                && situation.held().atLeast(LockMode.SHARE).isEmpty()
                && situation.statement() == situation.whole();
        return first && situation.preceding().stream().noneMatch(before -> sets(before, parameter))
                ? List.of(situation
                        .hit("It waits for its lock without a %s.".formatted(parameter))
                        .safer(safer))
                : List.of();
    }

    private static boolean sets(Statement statement, String parameter) {
        return statement instanceof SetParameter set
                && set.parameter().equals(parameter)
                && !set.values().isEmpty();
    }

    private static List<Hit> late(Statement statement, Situation situation) {
        boolean late = sets(statement, "lock_timeout")
                && !situation.held().atLeast(LockMode.SHARE_ROW_EXCLUSIVE).isEmpty()
                && situation.preceding().stream().noneMatch(before -> sets(before, "lock_timeout"));
        return late
                ? List.of(Hit.of(statement.span(), "lock_timeout is set when the lock is held already.")
                        .safer("-- At the top of the script:\n" + situation.text() + ";"))
                : List.of();
    }

    /** In milliseconds; -1 for anything else than a lock_timeout that is given. */
    private static long timeout(Statement statement) {
        if (!sets(statement, "lock_timeout")) {
            return -1;
        }
        String value = ((SetParameter) statement).values().getFirst().strip().toLowerCase(java.util.Locale.ROOT);
        var matcher = java.util.regex.Pattern.compile("(\\d{1,9})\\s*(us|ms|s|min|h|d)?")
                .matcher(value);
        if (!matcher.matches()) {
            return -1;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2) == null ? "ms" : matcher.group(2)) {
            case "us" -> number / 1000;
            case "s" -> number * 1000;
            case "min" -> number * 60_000;
            case "h" -> number * 3_600_000;
            case "d" -> number * 86_400_000;
            default -> number;
        };
    }

    private static String names(List<Name> names) {
        return names.stream().map(Name::sql).collect(Collectors.joining(", "));
    }
}
