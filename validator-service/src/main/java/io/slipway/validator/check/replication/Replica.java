package io.slipway.validator.check.replication;

import org.jspecify.annotations.Nullable;

/**
 * A server or program that receives the WAL.
 *
 * @param state absent where the role may not see it
 * @param lagSeconds 0 where it has caught up, or has not said
 * @param lagBytes of WAL that it has not replayed
 */
record Replica(String name, @Nullable String state, long lagSeconds, long lagBytes) {}
