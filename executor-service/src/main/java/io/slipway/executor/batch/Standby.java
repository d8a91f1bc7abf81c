package io.slipway.executor.batch;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One that receives the target's WAL.
 *
 * @param state null where the role may not see it
 * @param lag zero where it has caught up, or has not said; PostgreSQL lets it grow while a replica stands still
 */
record Standby(String name, @Nullable String state, Duration lag) {
    private static final int MOST = 50;

    /** Those there are, the slowest first; a base backup under way is none of them. */
    static List<Standby> of(Connection connection) throws SQLException {
        String sql = """
                select coalesce(nullif(application_name, ''), 'pid ' || pid), state,
                       coalesce((extract(epoch from replay_lag) * 1000)::bigint, 0)
                  from pg_stat_replication where state is distinct from 'backup' order by 3 desc limit %d
                """.formatted(MOST);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<Standby> standbys = new ArrayList<>();
            while (row.next()) {
                standbys.add(new Standby(row.getString(1), row.getString(2), Duration.ofMillis(row.getLong(3))));
            }
            return standbys;
        }
    }
}
