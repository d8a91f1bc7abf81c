package io.slipway.audit.run;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list; what is absent does not matter.
 *
 * @param before only those that are older than this run
 */
public record RunFilter(
        @Nullable String target,
        @Nullable Outcome outcome,
        @Nullable UUID before) {}
