package io.slipway.executor.flyway;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;

/** A statement that the executor runs in Flyway's place has failed. */
public final class StatementFailed extends FlywayException {
    private static final long serialVersionUID = 1L;

    private final int line;

    /** @param line 1-based line of the script; 0 when unknown */
    public StatementFailed(int line, SQLException cause) {
        super(cause.getMessage(), cause);
        this.line = line;
    }

    public int line() {
        return line;
    }
}
