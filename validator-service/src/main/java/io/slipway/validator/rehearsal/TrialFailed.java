package io.slipway.validator.rehearsal;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A statement failed on the scratch database; never leaves this package. */
final class TrialFailed extends Exception {
    private static final long serialVersionUID = 1;

    private final String script;
    private final int line;
    private final @Nullable String sqlState;

    /** @param line 1-based */
    TrialFailed(String script, int line, SQLException cause) {
        super(String.valueOf(cause.getMessage()).lines().findFirst().orElse(""), cause);
        this.script = script;
        this.line = line;
        this.sqlState = cause.getSQLState();
    }

    String script() {
        return script;
    }

    int line() {
        return line;
    }

    @Nullable
    String sqlState() {
        return sqlState;
    }

    String said() {
        return String.valueOf(getMessage());
    }
}
