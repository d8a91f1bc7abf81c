package io.slipway.executor.execution;

import io.slipway.contracts.Failure;
import io.slipway.eventing.Lost;
import io.slipway.executor.flyway.Explained;
import io.slipway.executor.flyway.StatementFailed;
import io.slipway.executor.lock.HistoryLock;
import io.slipway.executor.rollback.UndoStatementFailed;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Reads what PostgreSQL and Flyway say when something does not work, leaving out DETAIL, which quotes row data. */
final class SqlFailure {
    private static final Set<String> OTHERS = Set.of("53300", "25P03");

    private SqlFailure() {}

    /**
     * Whether the session or the server went away, so that the outcome has to be looked up instead of guessed: SQLSTATE
     * classes 08 (connection) and 57P (shutdown), 53300 (too many connections), 25P03 (ended for idling in a transaction), or
     * no connection at all. The control-plane database counts as well.
     */
    static boolean infrastructure(Throwable failure) {
        if (find(failure, Lost.class).isPresent()) {
            return true;
        }
        return sql(failure)
                .map(SQLException::getSQLState)
                .filter(SqlFailure::unreachable)
                .isPresent();
    }

    /** Whether someone cancelled the statement, or its time was up. */
    static boolean cancelled(Throwable failure) {
        return sql(failure)
                .map(SQLException::getSQLState)
                .filter("57014"::equals)
                .isPresent();
    }

    private static boolean unreachable(String state) {
        return state.startsWith("08") || state.startsWith("57P") || OTHERS.contains(state);
    }

    /** A failure for people, with the script and line where it happened. */
    static Failure of(Throwable failure, @Nullable String script) {
        Optional<Explained> explained = find(failure, Explained.class);
        if (explained.isPresent()) {
            return explained.get().failure();
        }
        if (HistoryLock.refuses(failure)) {
            return historyLocked();
        }
        Optional<SQLException> sql = sql(failure);
        String state = sql.map(SQLException::getSQLState).orElse(null);
        int line = find(failure, FlywaySqlScriptException.class)
                .map(FlywaySqlScriptException::getLineNumber)
                .or(() -> find(failure, StatementFailed.class).map(StatementFailed::line))
                .orElse(0);
        String place = find(failure, UndoStatementFailed.class)
                .map(undo -> undo.place() + ": ")
                .orElse("");
        String message = place + sql.map(SqlFailure::message).orElseGet(() -> first(failure));
        return new Failure(code(state), message, remedy(state), state, script, line);
    }

    private static Failure historyLocked() {
        return Failure.of(
                HistoryLock.CODE,
                "Someone else held Flyway's lock on the history for longer than slipway.executor.locks.budget",
                "Wait for the other Flyway to end, or end its session, then request the migration again.");
    }

    private static String code(@Nullable String state) {
        if (state == null) {
            return "FLYWAY_ERROR";
        }
        return switch (state) {
            case "55P03" -> "LOCK_NOT_AVAILABLE";
            case "57014" -> "STATEMENT_CANCELLED";
            case "40P01" -> "DEADLOCK";
            case "40001" -> "SERIALIZATION_FAILURE";
            case "53100" -> "DISK_FULL";
            default -> unreachable(state) ? "TARGET_UNREACHABLE" : "SQL_ERROR";
        };
    }

    private static String remedy(@Nullable String state) {
        if (state == null) {
            return "Read Flyway's message; the plan and the history in the target do not agree with what it found.";
        }
        return switch (state) {
            case "55P03" ->
                "Other sessions held what it needs for longer than slipway.executor.locks.budget. End them, or look for long transactions in pg_stat_activity, then request the migration again.";
            case "40P01" ->
                "PostgreSQL broke a deadlock by stopping this migration, each time that it was tried. Request it again when the other session is done.";
            case "40001" ->
                "Others changed what it was to change, each time that it was tried. Request it again when they are done; slipway.targets.<name>.pool.write.isolation 'read-committed' meets it least.";
            case "57014" ->
                "Someone has cancelled it, or it took longer than slipway.targets.<name>.statement-timeout; raise that, or make the statement smaller, then request it again.";
            case "53100" -> "Make room on the target's disk, then request the migration again.";
            default ->
                unreachable(state)
                        ? "Bring the target back, then request the migration again: what is recorded in its history is not applied twice."
                        : "Correct the script under a new checksum or version, or correct the data it stumbles over, then request the migration again.";
        };
    }

    private static String message(SQLException e) {
        if (e instanceof PSQLException postgres) {
            ServerErrorMessage server = postgres.getServerErrorMessage();
            if (server != null && server.getMessage() != null) {
                return server.getHint() == null ? server.getMessage() : server.getMessage() + " " + server.getHint();
            }
        }
        return first(e);
    }

    private static String first(Throwable failure) {
        String text = failure instanceof FlywayException || failure.getMessage() != null
                ? String.valueOf(failure.getMessage())
                : failure.toString();
        return text.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(text)
                .strip();
    }

    private static Optional<SQLException> sql(Throwable failure) {
        return find(failure, SQLException.class);
    }

    static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
