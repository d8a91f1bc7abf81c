package io.slipway.executor.flyway;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.Database;
import org.flywaydb.core.internal.database.base.Schema;
import org.flywaydb.core.internal.database.base.Table;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.flywaydb.database.postgresql.PostgreSQLConnection;
import org.flywaydb.database.postgresql.PostgreSQLDatabase;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;
import org.flywaydb.database.postgresql.PostgreSQLSchema;
import org.flywaydb.database.postgresql.PostgreSQLTable;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL as Flyway knows it, without half of the questions that Flyway asks for each script: whether its table and
 * schema exist, and who and where the session is, which the executor settles itself before each script. Flyway finds it as
 * a plugin, and takes it before its own.
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
        LeanDatabase(Configuration configuration, JdbcConnectionFactory connections, StatementInterceptor interceptor) {
            super(configuration, connections, interceptor);
        }

        @Override
        protected PostgreSQLConnection doGetConnection(Connection connection) {
            return new LeanConnection(this, connection);
        }
    }

    private static final class LeanConnection extends PostgreSQLConnection {
        private boolean used;
        private @Nullable Schema<?, ?> entered;

        LeanConnection(PostgreSQLDatabase database, Connection connection) {
            super(database, connection);
        }

        /**
         * Flyway's row for a script is written as the role that took the lock. In a transaction the executor has restored it
         * by then; outside of one the script may have failed, and left another.
         */
        @Override
        protected void doRestoreOriginalState() throws SQLException {
            boolean doubtful = used && getJdbcConnection().getAutoCommit();
            used = false;
            if (doubtful) {
                super.doRestoreOriginalState();
            }
        }

        /** Called just before each script. */
        @Override
        @SuppressWarnings("rawtypes") // as it is declared
        public void changeCurrentSchemaTo(Schema schema) {
            used = true;
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

    private static final class LeanSchema extends PostgreSQLSchema {
        LeanSchema(JdbcTemplate jdbc, PostgreSQLDatabase database, String name) {
            super(jdbc, database, name);
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
