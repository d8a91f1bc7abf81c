package io.slipway.planner.run;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.event.MigrationFailed;

/**
 * A migration has ended half-way; told in the transaction that says so, before the next run has its turn.
 *
 * @param settings those of its plan
 */
public record HalfFailed(Ticket ticket, MigrationFailed fact, FlywaySettings settings) {}
