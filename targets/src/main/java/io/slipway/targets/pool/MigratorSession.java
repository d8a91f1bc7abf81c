package io.slipway.targets.pool;

import io.slipway.contracts.Failure;
import io.slipway.targets.SessionSettings;
import io.slipway.targets.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * Makes a session one that migrates. PostgreSQL passes silently over schemas of the search path that are not there or not
 * usable, so that names would lead elsewhere; here that is a refusal.
 *
 * @param statements what sets it up; empty when there is nothing to do
 * @param repeats whether the same few statements come again with each script, so that PostgreSQL is to keep their plans
 */
record MigratorSession(SessionSettings settings, String statements, boolean repeats) {
    private static final String USER = "$user";
    private static final String ROLE_UNKNOWN = "22023";
    private static final String NOT_ALLOWED = "42501";
    private static final Set<String> ABOUT_THE_ROLE = Set.of(ROLE_UNKNOWN, NOT_ALLOWED);

    /** For those who look, and migrate nothing. */
    static MigratorSession looking(SessionSettings settings) {
        return new MigratorSession(settings, String.join(";", identity(settings)), false);
    }

    /** For executing a run. */
    static MigratorSession executing(SessionSettings settings, String applicationName) {
        List<String> statements = new ArrayList<>(identity(settings));
        statements.add("set application_name = '%s'".formatted(applicationName.replace("'", "''")));
        statements.add("set statement_timeout = " + millis(settings.statementTimeout()));
        statements.add("set idle_in_transaction_session_timeout = " + millis(settings.idleTimeout()));
        return new MigratorSession(settings, String.join(";", statements), true);
    }

    private static String millis(Duration duration) {
        return "'%dms'".formatted(duration.toMillis());
    }

    private static List<String> identity(SessionSettings settings) {
        List<String> statements = new ArrayList<>();
        if (settings.runAs() != null) {
            statements.add("set role " + quoted(settings.runAs()));
        }
        if (!settings.searchPath().isEmpty()) {
            statements.add("set search_path = "
                    + String.join(
                            ", ",
                            settings.searchPath().stream()
                                    .map(MigratorSession::quoted)
                                    .toList()));
        }
        return statements;
    }

    private static String quoted(String name) {
        return "\"%s\"".formatted(name.replace("\"", "\"\""));
    }

    /** @throws SessionRefused when the target does not let it be so */
    void begin(Connection connection, Target target) throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(statements);
            if (repeats) {
                keepPlans(connection.unwrap(PGConnection.class));
            }
            if (!settings.searchPath().isEmpty()) {
                Optional<String> missing = missing(statement);
                if (missing.isPresent()) {
                    throw new SessionRefused(unusable(target, missing.get()));
                }
            }
        } catch (SessionRefused e) {
            throw e;
        } catch (SQLException e) {
            if (settings.runAs() != null && ABOUT_THE_ROLE.contains(String.valueOf(e.getSQLState()))) {
                throw new SessionRefused(refused(target, settings.runAs(), e));
            }
            throw e;
        }
    }

    /**
     * From the first use, and not from the fifth as the driver does it, unless the target's settings forbid it. Whoever has the
     * connection next sees no difference.
     */
    private static void keepPlans(PGConnection connection) {
        if (connection.getPrepareThreshold() > 1) {
            connection.setPrepareThreshold(1);
        }
    }

    private Optional<String> missing(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select current_schemas(true)")) {
            row.next();
            List<String> usable = Arrays.asList((String[]) row.getArray(1).getArray());
            return settings.searchPath().stream()
                    .filter(schema -> !schema.equals(USER) && !usable.contains(schema))
                    .findFirst();
        }
    }

    private static Failure refused(Target target, String runAs, SQLException e) {
        String login = target.connection().username();
        return new Failure(
                "RUN_AS_REFUSED",
                "The target '%s' does not let '%s' become the role '%s': %s"
                        .formatted(target.id(), login, runAs, e.getMessage()),
                "Create the role and make the login a member (GRANT \"%s\" TO \"%s\"), or correct slipway.targets.%s.run-as."
                        .formatted(runAs, login, target.id()),
                e.getSQLState(),
                null,
                0);
    }

    private static Failure unusable(Target target, String schema) {
        return new Failure(
                "SEARCH_PATH_UNUSABLE",
                "The search path of the target '%s' names the schema '%s', which is not there or not usable by the role '%s'."
                        .formatted(target.id(), schema, target.migratesAs()),
                "Create the schema or grant USAGE on it, or correct slipway.targets.%s.search-path."
                        .formatted(target.id()),
                null,
                null,
                0);
    }
}
