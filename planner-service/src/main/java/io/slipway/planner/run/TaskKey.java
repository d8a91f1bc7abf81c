package io.slipway.planner.run;

import io.slipway.contracts.RunId;

/** Names a piece of work for a run; the round keeps the work of a new plan apart from that of the one before. */
record TaskKey(RunId run, int round) {
    static TaskKey parse(String text) {
        int colon = text.lastIndexOf(':');
        return new TaskKey(RunId.of(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return run + ":" + round;
    }
}
