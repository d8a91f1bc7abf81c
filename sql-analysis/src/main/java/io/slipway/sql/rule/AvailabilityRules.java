package io.slipway.sql.rule;

import static io.slipway.sql.effect.LockMode.SHARE;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.rule.Rule.Category;
import java.util.List;

/** Rules about locks that keep the running application waiting. */
final class AvailabilityRules {
    private AvailabilityRules() {}

    static List<Rule> all() {
        return List.of(new Rule(
                "create-index-not-concurrent",
                Severity.ERROR,
                Category.AVAILABILITY,
                "CREATE INDEX without CONCURRENTLY on a table in use",
                AvailabilityRules::createIndex));
    }

    /** ON ONLY is left alone: on a partitioned table it builds nothing, and CONCURRENTLY is refused there. */
    private static List<Hit> createIndex(Statement statement, Situation situation) {
        if (!(statement instanceof Statement.CreateIndex index)
                || index.concurrently()
                || index.only()
                || !situation.pending().relation(index.table()).existing()) {
            return List.of();
        }
        return List.of(Hit.of(
                index.span(),
                "CREATE INDEX blocks all writes to %s while it builds."
                        .formatted(index.table().sql()),
                "The whole table is read under a lock that lets nobody write; on a large table that is an outage of"
                        + " minutes.",
                SHARE.on(index.table()),
                concurrently(index)));
    }

    private static String concurrently(Statement.CreateIndex index) {
        String create = index.unique() ? "CREATE UNIQUE INDEX CONCURRENTLY " : "CREATE INDEX CONCURRENTLY ";
        String ifNotExists = index.ifNotExists() ? "IF NOT EXISTS " : "";
        String name = index.name() == null ? "" : Name.quoted(index.name()) + " ";
        return "-- In a migration of its own, which then runs without a transaction:\n" + create + ifNotExists + name
                + "ON " + index.table().sql() + " " + index.definition() + ";";
    }
}
