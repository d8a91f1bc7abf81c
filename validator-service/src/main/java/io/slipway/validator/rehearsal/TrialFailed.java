package io.slipway.validator.rehearsal;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A statement failed on the scratch database; never leaves this package. */
final class TrialFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final String script;
    private final int line;
    private final @Nullable String sqlState;
    private final boolean wouldFailOnTheTarget;

    /**
     * @param line 1-based
     * @param rows whether there were rows of the target, which a message may quote
     */
    TrialFailed(String script, int line, SQLException cause, boolean rows) {
        super(said(cause, rows), cause);
        this.script = script;
        this.line = line;
        this.sqlState = cause.getSQLState();
        this.wouldFailOnTheTarget = TrialFailureRules.wouldFailOnTheTarget(sqlState, firstLine(cause));
    }

    /** The first line: the others may quote rows in any case. */
    private static String said(SQLException cause, boolean rows) {
        ServerErrorMessage server = cause instanceof PSQLException failure ? failure.getServerErrorMessage() : null;
        boolean inFunction = server != null && server.getWhere() != null;
        return rows && TrialFailureRules.mayQuoteRows(cause.getSQLState(), inFunction)
                ? "SQLSTATE %s; PostgreSQL's message may quote rows and is withheld".formatted(cause.getSQLState())
                : firstLine(cause);
    }

    private static String firstLine(SQLException cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    /** Told from PostgreSQL's own words, also where these are withheld. */
    boolean wouldFailOnTheTarget() {
        return wouldFailOnTheTarget;
    }

    String script() {
        return script;
    }

    int line() {
        return line;
    }

    String place() {
        return "line %d of %s".formatted(line, script);
    }

    @Nullable
    String sqlState() {
        return sqlState;
    }

    String said() {
        return String.valueOf(getMessage());
    }
}
