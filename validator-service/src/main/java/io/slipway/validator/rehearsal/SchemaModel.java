package io.slipway.validator.rehearsal;

import io.slipway.sql.split.Fragment;
import io.slipway.sql.split.Splitter;
import io.slipway.targets.ConnectionSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pgcodekeeper.core.api.PgCodeKeeperApi;
import org.pgcodekeeper.core.database.base.jdbc.IJdbcConnector;
import org.pgcodekeeper.core.ignorelist.IgnoreSchemaList;
import org.pgcodekeeper.core.loader.pg.JdbcPgLoader;
import org.pgcodekeeper.core.monitor.NullMonitor;
import org.pgcodekeeper.core.schema.AbstractDatabase;
import org.pgcodekeeper.core.settings.CoreSettings;

/**
 * The schema of a live database at one moment, from which the way to another one can be derived. The only class that knows
 * the library which does that; it misses some kinds of objects, so what it says has to be proved.
 */
final class SchemaModel {
    private static final String TIME_ZONE = "UTC";

    /** Owners are those of the scratch server; the session's settings are made anew for each script. */
    private static final Pattern OF_THE_COPY = Pattern.compile(
            "SET\\s+TIMEZONE\\b.*|ALTER\\s.*\\sOWNER\\s+TO\\s.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final AbstractDatabase database;

    private SchemaModel(AbstractDatabase database) {
        this.database = database;
    }

    static SchemaModel load(ConnectionSettings database) throws NotRehearsed, InterruptedException {
        var loader = new JdbcPgLoader(
                new Connector(database), TIME_ZONE, settings(), new NullMonitor(), new IgnoreSchemaList());
        try {
            AbstractDatabase loaded = loader.loadAndAnalyze();
            if (!loader.getErrors().isEmpty()) {
                throw new NotRehearsed(
                        "the schema cannot be read: " + loader.getErrors().getFirst());
            }
            return new SchemaModel(loaded);
        } catch (IOException | RuntimeException e) {
            throw new NotRehearsed("the schema cannot be read: " + firstLine(e));
        }
    }

    /** The statements that make of this schema the other one. */
    String statementsTo(SchemaModel other) throws NotRehearsed, InterruptedException {
        try {
            String script = PgCodeKeeperApi.diff(settings(), database, other.database);
            return Splitter.split(script).fragments().stream()
                    .map(Fragment::text)
                    .map(String::strip)
                    .filter(statement -> !OF_THE_COPY.matcher(statement).matches())
                    .map(statement -> statement + ";")
                    .collect(Collectors.joining("\n\n"));
        } catch (IOException | RuntimeException e) {
            throw new NotRehearsed("the difference cannot be derived: " + firstLine(e));
        }
    }

    /** What the library fails on must not take the rehearsal with it, so its own bugs are reasons as well. */
    private static String firstLine(Exception e) {
        return e.toString().lines().findFirst().orElse("");
    }

    private static CoreSettings settings() {
        CoreSettings settings = new CoreSettings();
        settings.setTimeZone(TIME_ZONE);
        settings.setIgnorePrivileges(true);
        // Without it a table whose columns changed places would be dropped and made again.
        settings.setIgnoreColumnOrder(true);
        return settings;
    }

    /** The library would put the password into a URL and leave TLS aside. */
    private record Connector(ConnectionSettings database) implements IJdbcConnector {
        @Override
        public Connection getConnection() throws IOException {
            try {
                return database.open();
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public String getBatchDelimiter() {
            return "";
        }

        @Override
        public String getUrl() {
            return database.jdbcUrl();
        }
    }
}
