package io.slipway.audit.run;

import static io.slipway.audit.run.RunColumn.*;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of table {@code run} in hand: what the events change of it, one after the other. */
final class RunRow {
    private final UUID id;
    private final Map<RunColumn, Object> values;

    /**
     * @param values as they are stored, without those that are null and without the documents
     */
    RunRow(UUID id, Map<RunColumn, Object> values) {
        this.id = id;
        this.values = new EnumMap<>(values);
    }

    static RunRow begun(Change.Touched touched) {
        return new RunRow(
                touched.run(),
                Map.of(
                        TARGET, touched.target(),
                        STATE, RunState.REQUESTED,
                        TABLES_MODIFIED, List.of(),
                        CREATED_AT, touched.at(),
                        REVISION, 0L));
    }

    UUID id() {
        return id;
    }

    @Nullable
    Object value(RunColumn column) {
        return values.get(column);
    }

    void apply(Change change) {
        switch (change) {
            case Change.Touched touched -> touch(touched.at());
            case Change.Asked asked -> complete(asked);
            case Change.Rejected rejected -> reject(rejected);
            case Change.Planned planned -> plan(planned);
            case Change.Judged judged -> {
                set(RISK, judged.verdict().risk());
                set(REVERSIBILITY, judged.verdict().reversibility());
                set(VERDICT, judged.verdict());
            }
            case Change.Entered entered -> enter(entered.state());
            case Change.BackedUp backedUp -> set(BACKUP, backedUp.backup());
            case Change.Started started -> {
                set(STARTED_AT, started.at());
                set(KIND, started.kind());
            }
            case Change.Performed performed -> {
                set(ROWS_AFFECTED, performed.rowsAffected());
                set(TABLES_MODIFIED, performed.tablesModified());
            }
            case Change.Arrived arrived -> {
                fill(FROM_VERSION, arrived.at());
                set(TO_VERSION, arrived.at());
            }
            case Change.Ended ended -> end(ended);
            case Change.Noted _ -> revise();
        }
    }

    private void touch(Instant at) {
        if (values.get(CREATED_AT) instanceof Instant before && at.isBefore(before)) {
            set(CREATED_AT, at);
        }
    }

    /** Says what its request says, whichever of the two came first. */
    private void complete(Change.Asked asked) {
        set(REQUEST_SOURCE, asked.source());
        set(REQUEST_ID, asked.id());
        set(REQUEST_TYPE, asked.type());
        fill(KIND, asked.kind());
        fill(REQUESTED_BY, asked.requestedBy());
        fill(REASON, asked.reason());
        fill(CHANGE_REFERENCE, asked.changeReference());
        fill(DRY_RUN, asked.dryRun());
        fill(FORCE, asked.force());
        revise();
    }

    private void reject(Change.Rejected rejected) {
        if (isEnded()) {
            return;
        }
        set(KIND, rejected.kind());
        set(STATE, RunState.ENDED);
        set(OUTCOME, Outcome.REJECTED);
        set(REQUEST_SOURCE, rejected.source());
        set(REQUEST_ID, rejected.requestId());
        set(REQUEST_TYPE, rejected.type());
        set(FAILURE, rejected.failure());
        set(ENDED_AT, rejected.at());
    }

    private void plan(Change.Planned planned) {
        set(KIND, planned.kind());
        set(REQUEST_ID, planned.requestId());
        set(REQUESTED_BY, planned.requestedBy());
        set(REASON, planned.reason());
        set(CHANGE_REFERENCE, planned.changeReference());
        set(DRY_RUN, planned.dryRun());
        set(FORCE, planned.force());
        set(DIGEST, planned.digest());
        set(FROM_VERSION, planned.from());
        set(TO_VERSION, planned.to());
        set(SCRIPTS, planned.scripts());
    }

    /** An ended run stays ended, whatever still comes. */
    private void enter(RunState state) {
        if (!isEnded()) {
            set(STATE, state);
        }
    }

    private void end(Change.Ended ended) {
        if (isEnded()) {
            return;
        }
        set(STATE, RunState.ENDED);
        set(OUTCOME, ended.outcome());
        fill(KIND, ended.kind());
        set(FAILURE, ended.failure());
        set(STATE_LEFT, ended.stateLeft());
        set(EXECUTION_MS, ended.took());
        set(ENDED_AT, ended.at());
    }

    private boolean isEnded() {
        return values.containsKey(ENDED_AT);
    }

    /** Grows with each event about the run. */
    private void revise() {
        set(REVISION, values.get(REVISION) instanceof Long before ? before + 1 : 1L);
    }

    private void set(RunColumn column, @Nullable Object value) {
        if (value == null) {
            values.remove(column);
        } else {
            values.put(column, value);
        }
    }

    private void fill(RunColumn column, @Nullable Object value) {
        if (value != null) {
            values.putIfAbsent(column, value);
        }
    }
}
