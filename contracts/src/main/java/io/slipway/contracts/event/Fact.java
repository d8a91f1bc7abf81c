package io.slipway.contracts.event;

/** What happened; published by services only. */
public sealed interface Fact extends MigrationEvent permits RequestRejected, RunFact {}
