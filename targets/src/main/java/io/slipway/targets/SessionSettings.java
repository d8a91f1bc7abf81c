package io.slipway.targets;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions are like that migrate a target, or look at it as the migration will.
 *
 * @param runAs the role that everything runs as; absent for the one that logs in
 * @param searchPath schemas in which names without one are looked for; empty for what role and database have it be
 * @param statementTimeout the longest that a statement of a run may take; zero for no bound
 * @param idleTimeout after which PostgreSQL ends a session of a run that idles in a transaction; zero for never
 * @param ledgerSchema where the ledger lies; absent for the schema of Flyway's history
 */
public record SessionSettings(
        @Nullable String runAs,
        List<String> searchPath,
        Duration statementTimeout,
        Duration idleTimeout,
        @Nullable String ledgerSchema) {

    public static final SessionSettings DEFAULTS =
            new SessionSettings(null, List.of(), Duration.ZERO, Duration.ofMinutes(5), null);

    public SessionSettings {
        searchPath = List.copyOf(searchPath);
    }
}
