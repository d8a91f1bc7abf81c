package io.slipway.validator.forecast;

import io.slipway.sql.ast.Name;
import io.slipway.sql.effect.StatementEffects;
import java.util.Set;

/**
 * A statement of a plan, and what it will do.
 *
 * @param index in its script, from 0
 * @param line 1-based
 * @param there those of the relations it locks that were there before it, be it by the plan's own doing
 */
record ExpectedStatement(String script, int index, int line, StatementEffects effects, Set<Name> there) {
    ExpectedStatement {
        there = Set.copyOf(there);
    }
}
