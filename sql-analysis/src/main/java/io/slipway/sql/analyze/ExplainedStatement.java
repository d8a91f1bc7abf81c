package io.slipway.sql.analyze;

import io.slipway.sql.ast.Name;
import io.slipway.sql.effect.StatementEffects;
import java.util.List;

/**
 * A statement and what it will do.
 *
 * @param line 1-based
 * @param sql as written, cut when it is long
 * @param closed tables in use that earlier statements of the transaction keep closed while it runs
 */
public record ExplainedStatement(String script, int line, String sql, StatementEffects effects, List<Name> closed) {
    public ExplainedStatement {
        closed = List.copyOf(closed);
    }
}
