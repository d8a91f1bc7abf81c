package io.slipway.audit.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some runs, the newest first.
 *
 * @param next the {@code before} of the next page, absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunPage(List<RunSummary> runs, @Nullable UUID next) {

    /** A page of what was found: one more than {@code limit} where there is a next page. */
    public static RunPage of(List<RunSummary> found, int limit) {
        boolean more = found.size() > limit;
        List<RunSummary> runs = more ? found.subList(0, limit) : found;
        return new RunPage(List.copyOf(runs), more ? runs.getLast().id() : null);
    }
}
