package io.slipway.sql.effect;

/** The major version of a PostgreSQL server. */
public record ServerVersion(int major) {
    /** What is assumed where nobody says: the oldest one that is known, which can do least online. */
    public static final ServerVersion OLDEST = new ServerVersion(14);

    public static final ServerVersion NEWEST = new ServerVersion(18);

    public ServerVersion {
        if (major < 10) {
            throw new IllegalArgumentException("Expected a major version of at least 10, found " + major);
        }
    }

    public boolean atLeast(int other) {
        return major >= other;
    }
}
