package io.slipway.executor.lock;

import io.slipway.contracts.Blocker;
import io.slipway.contracts.FlywaySettings;
import io.slipway.targets.flyway.SchemaHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Flyway's lock on the history, which plain Flyway takes as well. It is an advisory lock that Flyway tries for and never waits for,
 * so nothing shows who is in the way of whom.
 *
 * @param target to look from
 * @param settings that say where the history is
 */
public record HistoryLock(DataSource target, FlywaySettings settings) {
    /** How the failure of a run says that the lock was not to be had. */
    public static final String CODE = "HISTORY_LOCKED";

    /**
     * How often Flyway tries again, once a second, before a stop is heard and the run waits as for any other lock. Flyway has one such
     * number in each process.
     */
    public static final int RETRIES = 2;

    private static final Logger LOG = Logger.getLogger(HistoryLock.class);

    /** Of Flyway's PostgreSQLAdvisoryLockTemplate: "Flyway" in bytes, to which it adds a hash of the table's name. */
    private static final long MAGIC = 0x466C79776179L;

    /** Flyway's words; the exception has nothing else to know it by. */
    private static final String REFUSAL = "attempting to acquire PostgreSQL advisory lock";

    /** Whether the lock was not to be had. */
    public static boolean refuses(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FlywayException
                    && cause.getCause() == null
                    && String.valueOf(cause.getMessage()).contains(REFUSAL)) {
                return true;
            }
        }
        return false;
    }

    /** @param table the history's, quoted and with its schema */
    public static long key(String table) {
        return MAGIC + table.hashCode();
    }

    /** Who has it; nobody when that cannot be seen. */
    List<Blocker> holders() {
        try (Connection connection = target.getConnection()) {
            String schema = SchemaHistory.schema(connection, settings);
            String table = "\"%s\".\"%s\"".formatted(schema.replace("\"", "\"\""), SchemaHistory.TABLE);
            return BlockerStore.holders(connection, key(table));
        } catch (SQLException e) {
            LOG.warn("Who holds Flyway's lock could not be looked up", e);
            return List.of();
        }
    }
}
