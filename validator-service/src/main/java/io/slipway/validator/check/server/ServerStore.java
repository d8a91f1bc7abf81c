package io.slipway.validator.check.server;

import io.slipway.validator.catalog.LiveRelations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads what the server counts. All of it may be read by everybody. */
final class ServerStore {
    private ServerStore() {}

    /** Bounds that are switched off are left out. Sessions without a user are the server's own. */
    static List<ConnectionUse> connections(Connection target) throws SQLException {
        try (PreparedStatement select = target.prepareStatement("""
                WITH clients AS (
                    SELECT datid, usesysid FROM pg_stat_activity
                     WHERE datid IS NOT NULL AND usesysid IS NOT NULL
                       AND coalesce(backend_type, 'client backend') = 'client backend'
                )
                SELECT 'max_connections', (SELECT count(*) FROM clients),
                       current_setting('max_connections')::bigint
                         - current_setting('superuser_reserved_connections')::bigint
                         - coalesce(current_setting('reserved_connections', true), '0')::bigint
                UNION ALL
                SELECT 'the limit of database ' || datname,
                       (SELECT count(*) FROM clients WHERE datid = d.oid), datconnlimit
                  FROM pg_database d WHERE datname = current_database() AND datconnlimit >= 0
                UNION ALL
                SELECT 'the limit of role ' || rolname,
                       (SELECT count(*) FROM clients WHERE usesysid = r.oid), rolconnlimit
                  FROM pg_roles r WHERE rolname = current_user AND rolconnlimit >= 0
                """);
                ResultSet row = select.executeQuery()) {
            List<ConnectionUse> uses = new ArrayList<>();
            while (row.next()) {
                uses.add(new ConnectionUse(row.getString(1), row.getLong(2), row.getLong(3)));
            }
            return uses;
        }
    }

    /** The oldest database, since any one of them stops the whole server, and the tables concerned. */
    static List<TransactionAge> ages(Connection target, LiveRelations relations) throws SQLException {
        try (PreparedStatement select = target.prepareStatement("""
                (SELECT 'database ' || datname, greatest(age(datfrozenxid), mxid_age(datminmxid)) AS age
                   FROM pg_database ORDER BY age DESC LIMIT 1)
                UNION ALL
                (SELECT 'table ' || n.nspname || '.' || c.relname, greatest(age(c.relfrozenxid), mxid_age(c.relminmxid)) AS age
                   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE c.oid = ANY (?::text[]::oid[]) AND c.relfrozenxid <> '0'
                  ORDER BY age DESC LIMIT 10)
                """)) {
            select.setArray(1, relations.concernedOids(target));
            try (ResultSet row = select.executeQuery()) {
                List<TransactionAge> ages = new ArrayList<>();
                while (row.next()) {
                    ages.add(new TransactionAge(row.getString(1), row.getLong(2)));
                }
                return ages;
            }
        }
    }
}
