package io.slipway.audit.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The newest first; the entries of one run stay together.
 *
 * @param next the {@code before} of the next page, absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TargetHistory(
        String target, List<HistoryEntry> entries, @Nullable UUID next) {}
