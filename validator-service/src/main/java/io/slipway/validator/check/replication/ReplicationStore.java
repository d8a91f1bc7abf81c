package io.slipway.validator.check.replication;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads what the server knows of those that receive its WAL. */
final class ReplicationStore {
    private static final int MOST = 50;
    private static final String POSITION =
            "CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END";

    private ReplicationStore() {}

    /** A base backup that is under way is none of them. */
    static List<Replica> replicas(Connection target) throws SQLException {
        String sql = """
                SELECT coalesce(nullif(application_name, ''), 'pid ' || pid), state,
                       coalesce(extract(epoch FROM replay_lag)::bigint, 0),
                       coalesce(pg_wal_lsn_diff(%s, replay_lsn)::bigint, 0)
                  FROM pg_stat_replication WHERE state IS DISTINCT FROM 'backup' ORDER BY 3 DESC LIMIT ?
                """.formatted(POSITION);
        try (PreparedStatement select = target.prepareStatement(sql)) {
            select.setInt(1, MOST);
            try (ResultSet row = select.executeQuery()) {
                List<Replica> replicas = new ArrayList<>();
                while (row.next()) {
                    replicas.add(new Replica(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)));
                }
                return replicas;
            }
        }
    }

    /** Everybody may read them. */
    static List<Slot> slots(Connection target) throws SQLException {
        String sql = """
                SELECT slot_name, active, wal_status, coalesce(pg_wal_lsn_diff(%s, restart_lsn)::bigint, 0)
                  FROM pg_replication_slots WHERE NOT temporary ORDER BY 4 DESC LIMIT ?
                """.formatted(POSITION);
        try (PreparedStatement select = target.prepareStatement(sql)) {
            select.setInt(1, MOST);
            try (ResultSet row = select.executeQuery()) {
                List<Slot> slots = new ArrayList<>();
                while (row.next()) {
                    slots.add(new Slot(row.getString(1), row.getBoolean(2), row.getString(3), row.getLong(4)));
                }
                return slots;
            }
        }
    }
}
