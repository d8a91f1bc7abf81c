package io.slipway.contracts;

import org.jspecify.annotations.Nullable;

/**
 * What the target was when it was planned for; a plan is good only for this state.
 *
 * @param serverVersion as the server reports it, such as {@code 15.15}
 * @param systemIdentifier PostgreSQL's own identifier of the cluster, where the role may read it
 * @param currentVersion the highest applied version, absent on an empty history
 * @param historyDigest SHA-256 over the rows of {@code flyway_schema_history}
 * @param applied how many migrations the history counts as applied
 */
public record TargetState(
        String serverVersion,
        String database,
        @Nullable String systemIdentifier,
        @Nullable MigrationVersion currentVersion,
        String historyDigest,
        int applied) {

    public TargetState {
        Required.present("serverVersion", serverVersion);
        Required.present("database", database);
        Required.present("historyDigest", historyDigest);
    }
}
