package io.slipway.sql.rule;

import static io.slipway.sql.rule.Rule.Category.AVAILABILITY;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.effect.LockMode;
import io.slipway.sql.effect.TableScan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** For how long, and on how many tables, one transaction keeps others waiting. */
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
                        .statement(WindowRules::again));
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
        // Nobody who waits for a table that is dropped gets anything: that has a rule of its own.
        if (!situation.inTransaction()
                || statement instanceof Statement.DropObject
                || situation.statement() != situation.whole()
                || situation.held().closed().isEmpty()) {
            return List.of();
        }
        Set<Name> before = new LinkedHashSet<>(situation.held().closed());
        List<Name> more = closedBy(situation).stream()
                .filter(name -> !before.contains(name))
                .toList();
        if (more.isEmpty()) {
            return List.of();
        }
        Set<Name> gone = dropped(situation);
        before.removeIf(name -> gone.contains(name) || !situation.exists(name));
        return before.isEmpty()
                ? List.of()
                : List.of(Hit.of(
                                statement.span(),
                                "It closes %s while %s is closed already."
                                        .formatted(names(more), names(List.copyOf(before))))
                        .locks(LockMode.ACCESS_EXCLUSIVE.on(more))
                        .safer("-- In a migration of its own:\n" + situation.text() + ";"));
    }

    private static Set<Name> dropped(Situation situation) {
        Set<Name> gone = new LinkedHashSet<>();
        for (Statement before : situation.preceding()) {
            if (before instanceof Statement.DropObject drop) {
                drop.names().forEach(name -> gone.add(situation.catalog().resolve(name)));
            }
        }
        return gone;
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

    private static String names(List<Name> names) {
        return names.stream().map(Name::sql).collect(Collectors.joining(", "));
    }
}
