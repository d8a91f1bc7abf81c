package io.slipway.sql.rule;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the database that the scripts will run on.
 *
 * @param serverVersion major version of PostgreSQL
 * @param defaultSchema the schema that names without one refer to
 * @param mixed whether Flyway is allowed to mix transactional and other statements in one script
 * @param appliedVersion the highest version that is applied already, where somebody knows it
 */
public record Environment(
        int serverVersion,
        String defaultSchema,
        TableSizes sizes,
        boolean mixed,
        @Nullable String appliedVersion) {
    /** The oldest version that is still supported: what holds there holds later, too, or is said to be new. */
    public static final int OLDEST = 14;

    public static final int NEWEST = 18;

    public static final Environment UNKNOWN = new Environment(15, "public", TableSizes.UNKNOWN, false, null);

    public Environment {
        if (serverVersion < OLDEST || serverVersion > NEWEST) {
            throw new IllegalArgumentException("Expected a major version of PostgreSQL from %d to %d, found %d"
                    .formatted(OLDEST, NEWEST, serverVersion));
        }
    }

    public Environment withDefaultSchema(String schema) {
        return new Environment(serverVersion, schema, sizes, mixed, appliedVersion);
    }

    public Environment withServerVersion(int version) {
        return new Environment(version, defaultSchema, sizes, mixed, appliedVersion);
    }

    public Environment withSizes(TableSizes known) {
        return new Environment(serverVersion, defaultSchema, known, mixed, appliedVersion);
    }

    public Environment withAppliedVersion(@Nullable String version) {
        return new Environment(serverVersion, defaultSchema, sizes, mixed, version);
    }
}
