package io.slipway.executor.flyway;

import io.slipway.executor.lock.HistoryLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.extensibility.AppliedMigration;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.exception.FlywaySqlException;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.RowMapper;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.flywaydb.database.postgresql.PostgreSQLConnection;
import org.flywaydb.database.postgresql.PostgreSQLDatabase;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;
import org.flywaydb.database.postgresql.PostgreSQLSchema;
import org.flywaydb.database.postgresql.PostgreSQLTable;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL as Flyway knows it, without most of the calls that Flyway makes for each script: whether its table and
 * schema exist; who and where the session is, which the executor settles itself before each script; and taking its lock anew.
 * Flyway finds it as a plugin, and takes it before its own.
 */
public final class LeanPostgres extends PostgreSQLDatabaseType {
    /** CockroachDB's is 1, and that of PostgreSQL 0. */
    private static final int PRIORITY = 2;

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    /** Only with the session's lock, which is the executor's: with the transaction's, Flyway works on two sessions. */
    @Override
    public Database<?> createDatabase(
            Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
        boolean transactional = configuration
                .getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .isTransactionalLock();
        return transactional
                ? super.createDatabase(configuration, connections, interceptor)
                : new LeanDatabase(configuration, connections, interceptor);
    }

    private static final class LeanDatabase extends PostgreSQLDatabase {
        private @Nullable String historyQuestion;

        LeanDatabase(Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
            super(configuration, connections, interceptor);
        }

        @Override
        @SuppressWarnings("rawtypes") // as it is declared
        public String getSelectStatement(Table table) {
            historyQuestion = super.getSelectStatement(table);
            return historyQuestion;
        }

        @Override
        protected PostgreSQLConnection doGetConnection(Connection connection) {
            return new LeanConnection(this, connection);
        }
    }

    private static final class LeanConnection extends PostgreSQLConnection {
        /** Whoever waits for the lock tries once a second: it does not wait much longer for that. */
        private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

        private @Nullable Long keptSince;
        private boolean doubtful;
        private boolean used;
        private @Nullable Schema<?, ?> entered;

        LeanConnection(LeanDatabase database, Connection connection) {
            super(database, connection);
            jdbcTemplate = Stream.of(database.getConfiguration().getCallbacks())
                    .filter(HistoryGuard.class::isInstance)
                    .map(HistoryGuard.class::cast)
                    .findFirst()
                    .<JdbcTemplate>map(guard -> new GuardedTemplate(connection, database, guard))
                    .orElse(jdbcTemplate);
        }

        /**
         * Flyway's row for a script is written as the role that took the lock. In a transaction the executor has restored it
         * by then; outside of one the script may have failed, and left another.
         */
        @Override
        protected void doRestoreOriginalState() throws SQLException {
            boolean changed = used && inAutoCommit();
            used = false;
            if (changed) {
                super.doRestoreOriginalState();
            }
        }

        /**
         * Flyway takes its lock for each script. Scripts that follow each other quickly have it once; they give it back with the
         * connection, whose pool leaves no lock on it.
         */
        @Override
        @SuppressWarnings("rawtypes") // as it is declared
        public <T> T lock(Table table, Callable<T> work) {
            if (keptSince != null && !doubtful && System.nanoTime() - keptSince < KEPT_NANOS) {
                return called(work);
            }
            String key = Long.toString(HistoryLock.key(table.toString()));
            if (keptSince != null) {
                ask("SELECT pg_advisory_unlock(" + key + ")");
                keptSince = null;
            }
            return super.lock(table, () -> {
                ask("SELECT pg_advisory_lock(" + key + ")"); // once more than Flyway, which lets go of its own
                keptSince = System.nanoTime();
                doubtful = false;
                return work.call();
            });
        }

        private boolean inAutoCommit() {
            try {
                return getJdbcConnection().getAutoCommit();
            } catch (SQLException e) {
                throw new FlywaySqlException("The session cannot tell whether it is in a transaction", e);
            }
        }

        private void ask(String question) {
            try {
                getJdbcTemplate().queryForString(question);
            } catch (SQLException e) {
                throw new FlywaySqlException("Flyway's lock cannot be kept or let go", e);
            }
        }

        private static <T> T called(Callable<T> work) {
            try {
                return work.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new FlywayException(e);
            }
        }

        /** Called just before each script. */
        @Override
        @SuppressWarnings("rawtypes") // as it is declared
        public void changeCurrentSchemaTo(Schema schema) {
            used = true;
            doubtful |= inAutoCommit(); // such a script may let go of any lock
            if (!schema.equals(entered)) {
                super.changeCurrentSchemaTo(schema);
                entered = schema;
            }
        }

        @Override
        public Schema<?, ?> getSchema(String name) {
            return new LeanSchema(getJdbcTemplate(), database, name);
        }
    }

    /** Tells the guard which rows of the history Flyway gets to see, and asks for new ones unless the guard knows that there are none. */
    private static final class GuardedTemplate extends JdbcTemplate {
        private final LeanDatabase database;
        private final HistoryGuard guard;

        GuardedTemplate(Connection connection, LeanDatabase database, HistoryGuard guard) {
            super(connection, database.getDatabaseType());
            this.database = database;
            this.guard = guard;
        }

        @Override
        @SuppressWarnings("MixedMutabilityReturnType") // Flyway adds what it gets to a list of its own
        public <T> List<T> query(String sql, RowMapper<? extends T> mapper, Object... parameters) throws SQLException {
            if (sql.equals(database.historyQuestion) && guard.knows()) {
                return List.of();
            }
            List<T> rows = super.query(sql, mapper, parameters);
            for (T row : rows) {
                if (row instanceof AppliedMigration applied) {
                    guard.saw(applied);
                }
            }
            return rows;
        }
    }

    private static final class LeanSchema extends PostgreSQLSchema {
        private boolean seen;

        LeanSchema(JdbcTemplate jdbc, PostgreSQLDatabase database, String name) {
            super(jdbc, database, name);
        }

        @Override
        protected boolean doExists() throws SQLException {
            seen = seen || super.doExists();
            return seen;
        }

        /** In a schema on which nothing depends there is nothing: that is found at once. Else Flyway looks through five catalogs. */
        @Override
        protected boolean doEmpty() throws SQLException {
            String sql = """
                    SELECT NOT EXISTS (
                        SELECT FROM pg_depend
                         WHERE refclassid = 'pg_namespace'::regclass
                           AND refobjid = (SELECT oid FROM pg_namespace WHERE nspname = ?))
                    """;
            return jdbcTemplate.queryForBoolean(sql, name) || super.doEmpty();
        }

        @Override
        public Table<?, ?> getTable(String name) {
            return new LeanTable(jdbcTemplate, database, this, name);
        }
    }

    private static final class LeanTable extends PostgreSQLTable {
        private boolean seen;

        LeanTable(JdbcTemplate jdbc, PostgreSQLDatabase database, PostgreSQLSchema schema, String name) {
            super(jdbc, database, schema, name);
        }

        @Override
        protected boolean doExists() throws SQLException {
            seen = seen || super.doExists();
            return seen;
        }
    }
}
