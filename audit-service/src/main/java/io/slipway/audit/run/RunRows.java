package io.slipway.audit.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The rows of table {@code run} in hand, and the requests whose rejections need them. */
final class RunRows {
    private final Map<UUID, RunRow> rows;
    private final Map<UUID, Change.Asked> asked;

    RunRows(Map<UUID, RunRow> rows, Map<UUID, Change.Asked> asked) {
        this.rows = new HashMap<>(rows);
        this.asked = new HashMap<>(asked);
    }

    /** Nothing comes of what is said about a run that is not listed. */
    void apply(Change change) {
        if (change instanceof Change.Asked request) {
            asked.put(request.run(), request);
        }
        if (change instanceof Change.Touched touched) {
            rows.computeIfAbsent(touched.run(), run -> RunRow.begun(touched));
        }
        RunRow row = rows.get(change.run());
        if (row != null) {
            row.apply(change);
            if (change instanceof Change.Rejected && asked.containsKey(change.run())) {
                row.apply(asked.get(change.run()));
            }
        }
    }

    Collection<RunRow> all() {
        return rows.values();
    }
}
