package io.slipway.targets.pool;

import io.agroal.api.AgroalDataSourceListener;
import io.slipway.targets.ConnectionSettings;
import io.slipway.targets.Isolation;
import io.slipway.targets.PoolSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Every user of a pooled connection finds the session as it was when it began, whatever the script before it has set:
 * {@code search_path}, {@code lock_timeout}, a role, an advisory lock, a temporary table.
 */
final class SessionDefaults implements AgroalDataSourceListener {

    /**
     * Isolation and read-only travel in the start-up packet, since {@code DISCARD ALL} goes back to what was set there.
     * Nothing is sent for what is PostgreSQL's default anyway, because connection poolers may refuse the parameter.
     */
    static Optional<String> options(ConnectionSettings connection, PoolSettings settings, boolean readOnly) {
        List<String> options = new ArrayList<>();
        if (connection.options() != null) {
            options.add(connection.options());
        }
        if (settings.isolation() != Isolation.READ_COMMITTED) {
            String level = settings.isolation().name().toLowerCase(Locale.ROOT).replace("_", "\\ ");
            options.add("-c default_transaction_isolation=" + level);
        }
        if (readOnly) {
            options.add("-c default_transaction_read_only=on");
        }
        return options.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", options));
    }

    /**
     * Before Agroal's own clean-up, which would switch auto-commit on and so commit what its user has left open.
     */
    @Override
    public void beforeConnectionReturn(Connection connection) {
        try {
            if (connection.isClosed()) {
                return;
            }
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("DISCARD ALL");
            }
        } catch (SQLException e) {
            // A session that cannot be cleaned must not be used again; validation then makes a new one.
            close(connection);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException("A connection that could not be cleaned could not be closed either.", e);
        }
    }
}
