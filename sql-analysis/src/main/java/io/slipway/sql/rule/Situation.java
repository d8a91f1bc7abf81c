package io.slipway.sql.rule;

import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.PendingObjects;
import java.util.List;

/**
 * What surrounds a statement when a rule looks at it.
 *
 * @param pending what earlier statements of the plan have created
 * @param following the statements behind it in the same script
 */
public record Situation(PendingObjects pending, List<Statement> following) {}
