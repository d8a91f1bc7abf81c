package io.slipway.sql.catalog;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.RoutineStatement.Volatility;

/** A function or procedure; of overloaded ones the last that was created, with the worst volatility of them. */
public record Routine(Name name, Volatility volatility, Novelty novelty) {}
