package io.slipway.cli.run;

import java.util.Optional;

/**
 * The waiting for a run is over before the run is.
 *
 * @param last what was seen of it, if anything
 * @param why such as a timeout
 */
record Stopped(Accepted accepted, Optional<RunView> last, String why) {
    String state() {
        return last.map(RunView::state).orElse(accepted.state());
    }

    String text() {
        return "%s Run %s is %s. %s".formatted(why, accepted.runId(), state(), accepted.howToLook());
    }
}
