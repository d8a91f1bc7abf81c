package io.slipway.targets.pool;

import io.slipway.targets.Target;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Hands out sessions of a pool as a migration has them. The pool makes them ordinary again when they come back, so role and
 * search path never reach its other users.
 *
 * <p>Closing it takes back what was not given back: Flyway keeps a session that was lost, and each would leave a hole in the
 * pool until there is no session for anyone.
 */
public final class MigratorSource implements DataSource, AutoCloseable {
    private static final org.jboss.logging.Logger LOG = org.jboss.logging.Logger.getLogger(MigratorSource.class);

    private final DataSource pool;
    private final Target target;
    private final MigratorSession session;
    private final Queue<Connection> lent = new ConcurrentLinkedQueue<>();
    private @Nullable Connection ready;

    MigratorSource(DataSource pool, Target target, MigratorSession session) {
        this.pool = pool;
        this.target = target;
        this.session = session;
    }

    /**
     * Something that is done with a session.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Look<T> {
        T at(Connection connection) throws SQLException;
    }

    /**
     * Lends a session that whoever takes one next gets as it is, without the pool's cleaning in between: it must be left as it was
     * found. By one thread at a time.
     */
    public <T> T look(Look<T> look) throws SQLException {
        Connection connection = getConnection();
        T found = look.at(connection);
        ready = connection;
        return found;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (ready != null) {
            Connection looked = ready;
            ready = null;
            return looked;
        }
        Connection connection = pool.getConnection();
        try {
            session.begin(connection, target);
            lent.removeIf(MigratorSource::givenBack);
            lent.add(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static boolean givenBack(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() {
        for (Connection connection = lent.poll(); connection != null; connection = lent.poll()) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debugf(e, "A session that was lost went back to the pool: target=%s", target.id());
            }
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The pool has its own credentials.");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return pool.isWrapperFor(type);
    }
}
