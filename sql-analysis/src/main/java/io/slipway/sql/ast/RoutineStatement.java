package io.slipway.sql.ast;

import io.slipway.sql.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements about functions and procedures. */
public sealed interface RoutineStatement extends Statement {

    /** What PostgreSQL may assume about a function; VOLATILE where nothing is said. */
    enum Volatility {
        IMMUTABLE,
        STABLE,
        VOLATILE
    }

    /**
     * CREATE FUNCTION and CREATE PROCEDURE. Its body does not run now, so it is no part of this statement.
     *
     * @param parameters types of what a caller passes
     * @param returns null for procedures, {@code RETURNS TABLE} and where OUT parameters say it
     * @param language in lower case
     * @param securityDefiner whether it runs with the rights of its owner
     * @param setsSearchPath whether it fixes the search path for its own run
     */
    record CreateRoutine(
            Span span,
            Name name,
            boolean procedure,
            boolean orReplace,
            List<DataType> parameters,
            @Nullable DataType returns,
            String language,
            Volatility volatility,
            boolean securityDefiner,
            boolean setsSearchPath,
            Body body)
            implements RoutineStatement {
        public CreateRoutine {
            parameters = List.copyOf(parameters);
        }
    }

    /** ALTER FUNCTION, PROCEDURE or ROUTINE, its renaming aside. */
    record AlterRoutine(Span span, Name name) implements RoutineStatement {}

    /** CALL: the procedure may do anything, transactions of its own included. */
    record Call(Span span, Name procedure) implements RoutineStatement {}
}
