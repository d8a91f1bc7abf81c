package io.slipway.sql.ast;

import java.util.List;

/**
 * What is inside of a DO block, a function or a procedure.
 *
 * @param statements those that are static, with their own places in the script
 * @param notAnalysed why parts of it could not be looked at, such as an EXECUTE of a computed string; one entry each
 */
public record Body(List<Statement> statements, List<String> notAnalysed) {
    public Body {
        statements = List.copyOf(statements);
        notAnalysed = List.copyOf(notAnalysed);
    }

    public static Body unknown(String why) {
        return new Body(List.of(), List.of(why));
    }

    public boolean complete() {
        return notAnalysed.isEmpty();
    }
}
