package io.slipway.cli.run;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import io.slipway.cli.connect.ServiceAway;
import java.time.Duration;
import java.util.Optional;

/** Follows a run until it ends or the deadline passes; a planner that goes away is waited for. */
final class Follower {
    private static final Duration LONG_POLL = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final PlannerClient planner;
    private final RunDisplay display;
    private final Deadline deadline;
    private volatile Optional<RunView> last = Optional.empty();

    Follower(PlannerClient planner, RunDisplay display, Deadline deadline) {
        this.planner = planner;
        this.display = display;
        this.deadline = deadline;
    }

    /** The last that was seen of the run; also asked when Ctrl-C ends the waiting. */
    Optional<RunView> last() {
        return last;
    }

    /** Returns when the run has ended or the deadline has passed. */
    void follow(String runId) {
        Duration pause = FIRST_PAUSE;
        while (!ended() && !deadline.passed()) {
            try {
                look(runId);
                pause = FIRST_PAUSE;
            } catch (ServiceAway away) {
                if (pause.equals(FIRST_PAUSE)) {
                    display.away(away);
                }
                sleep(deadline.atMost(pause));
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    /** One question to the planner. */
    void look(String runId) {
        long known = last.map(run -> run.content().revision()).orElse(-1L);
        RunView run = planner.run(runId, deadline.atMost(LONG_POLL), known);
        boolean changed =
                last.isEmpty() || known != run.content().revision() || run.end().isPresent();
        last = Optional.of(run);
        if (changed) {
            display.changed(run);
        }
    }

    private boolean ended() {
        return last.flatMap(RunView::end).isPresent();
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.STOPPED_WAITING, "Interrupted", "Interrupted while waiting.", "");
        }
    }
}
