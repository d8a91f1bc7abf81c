package io.slipway.backup.dump;

import io.slipway.backup.dump.DumpOutcome.Refused;
import io.slipway.contracts.Failure;
import io.slipway.targets.Target;
import io.slipway.targets.pool.ConnectFailure;
import io.slipway.targets.pool.TargetPools;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What must be known of a target before it is dumped. */
@ApplicationScoped
class DumpTarget {
    private final TargetPools pools;

    /** What the server says. */
    record Facts(int major, long databaseBytes) {}

    DumpTarget(TargetPools pools) {
        this.pools = pools;
    }

    Facts look(Target target) throws RefusedDump {
        try (Connection connection = pools.writer(target.id()).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT current_setting('server_version_num')::int / 10000,
                               pg_database_size(current_database())
                        """)) {
            row.next();
            return new Facts(row.getInt(1), row.getLong(2));
        } catch (SQLException e) {
            Failure failure = ConnectFailure.explain(target, target.connection(), e);
            throw new RefusedDump(new Refused(failure, ConnectFailure.lasting(failure)));
        }
    }
}
