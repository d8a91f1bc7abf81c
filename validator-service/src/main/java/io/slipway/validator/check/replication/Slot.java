package io.slipway.validator.check.replication;

import org.jspecify.annotations.Nullable;

/**
 * A replication slot.
 *
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param retainedBytes of WAL that the server keeps for it
 */
record Slot(String name, boolean active, @Nullable String walStatus, long retainedBytes) {}
