package io.slipway.validator.check.disk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads how much the server takes of its volume. */
final class SpaceStore {
    private SpaceStore() {}

    /**
     * All databases, and as much WAL as the server may keep before it recycles some.
     *
     * @param hidden databases whose size the role may not read
     */
    record Taken(long bytes, int hidden) {}

    static Taken taken(Connection target) throws SQLException {
        try (PreparedStatement select = target.prepareStatement("""
                WITH databases AS (
                    SELECT oid, has_database_privilege(oid, 'CONNECT') OR pg_has_role('pg_read_all_stats', 'USAGE') AS visible
                      FROM pg_database
                )
                SELECT sum(CASE WHEN visible THEN pg_database_size(oid) ELSE 0 END)::bigint
                         + (SELECT setting::bigint * 1024 * 1024 FROM pg_settings WHERE name = 'max_wal_size'),
                       count(*) FILTER (WHERE NOT visible)
                  FROM databases
                """);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Taken(row.getLong(1), row.getInt(2));
        }
    }
}
