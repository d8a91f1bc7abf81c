package io.slipway.executor.progress;

import org.jspecify.annotations.Nullable;

/** How far the batches of a script are; the fields are those of the event. */
public record BatchProgress(String phase, @Nullable Integer percent, int batches, long rows) {}
