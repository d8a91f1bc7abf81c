package io.slipway.backup.dump;

/** What to do about a missing or unfitting {@code pg_dump}; said in several places. */
final class ToolRemedy {
    static final String INSTALL =
            "Install PostgreSQL's client programs in at least the server's major version (Debian: postgresql-client),"
                    + " or name a pg_dump with slipway.backup.pg-dump.";

    private ToolRemedy() {}
}
