package io.slipway.executor.rollback;

import org.flywaydb.core.api.FlywayException;

/** A statement of an undo script has failed; the cause says why, and at which line. */
public final class UndoStatementFailed extends FlywayException {
    private static final long serialVersionUID = 1L;

    private final int statement;
    private final int statements;

    /** @param statement from 1 */
    UndoStatementFailed(int statement, int statements, FlywayException cause) {
        super(cause.getMessage(), cause);
        this.statement = statement;
        this.statements = statements;
    }

    /** For people. */
    public String place() {
        return "Statement %d of %d".formatted(statement, statements);
    }
}
