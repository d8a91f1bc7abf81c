package io.slipway.validator.check.session;

/** A transaction that was left for a two-phase commit. */
record PreparedTransaction(String id, String owner, long seconds) {}
