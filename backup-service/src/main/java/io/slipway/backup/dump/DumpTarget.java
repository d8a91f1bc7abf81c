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
import java.util.Set;

/** What must be known of a target before it is dumped. */
@ApplicationScoped
class DumpTarget {
    /** These stay until someone changes the target's settings or the server's. */
    private static final Set<String> LASTING = Set.of(
            ConnectFailure.TARGET_AUTHENTICATION_FAILED.name(),
            ConnectFailure.TARGET_DATABASE_UNKNOWN.name(),
            ConnectFailure.TARGET_PERMISSION_DENIED.name(),
            ConnectFailure.TARGET_TLS_FAILED.name());

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
            throw new RefusedDump(new Refused(failure, LASTING.contains(failure.code())));
        }
    }
}
