package io.slipway.planner.run;

/** The states of a run as callers see them. Names are stable; new ones may be added. */
public enum RunState {
    /** Waits for its turn on the target. */
    QUEUED(0),
    PLANNING(5),
    /** Planned; the validator has it, or its verdict is being acted on. */
    VALIDATING(15),
    /** Validated, waits for a window or an approval. */
    HELD(25),
    /** May go; the backup is being made. */
    RELEASED(30),
    BACKED_UP(45),
    RUNNING(50),
    APPLIED(100),
    ROLLED_BACK(100),
    NOT_NEEDED(100),
    DRY_RUN_COMPLETED(100),
    FAILED(100),
    CANCELLED(100);

    private final int percent;

    RunState(int percent) {
        this.percent = percent;
    }

    /** How much of the way lies behind a run in this state, from 0 to 100; a rough figure for a progress display. */
    public int percent() {
        return percent;
    }

    /** Whether the run is over. */
    public boolean ended() {
        return percent == 100;
    }
}
