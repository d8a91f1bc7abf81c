package io.slipway.audit.dashboard;

import io.slipway.audit.run.RunPage;
import io.slipway.audit.run.RunSummary;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the list of runs shows.
 *
 * @param target only the runs of this target
 * @param before only those that are older than this run
 */
record RunList(
        RunPage page, @Nullable String target, @Nullable UUID before) {

    /** Changes when anything on the page does. */
    public String seen() {
        return Integer.toHexString(Objects.hash(page.runs().stream()
                .map(run -> Objects.hash(run.id(), run.revision()))
                .toList()));
    }

    /** Older pages do not change under the reader's eyes. */
    public boolean live() {
        return before == null;
    }

    public boolean empty() {
        return page.runs().isEmpty();
    }

    /** How many of the shown runs have not ended. */
    public long running() {
        return page.runs().stream().filter(run -> !run.ended()).count();
    }

    public Iterable<RunSummary> runs() {
        return page.runs();
    }
}
