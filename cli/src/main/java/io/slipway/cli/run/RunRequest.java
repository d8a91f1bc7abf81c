package io.slipway.cli.run;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.connect.Service;
import io.slipway.cli.connect.ServiceAway;
import io.slipway.cli.output.Took;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RunEnded;
import java.util.Optional;
import java.util.function.Supplier;

/** The way of a request from the command line: handed in, followed, shown, and turned into an exit code. */
record RunRequest(SlipwayCommand slipway, RequestOptions options) {
    int send(Supplier<Request> content) {
        Request request = checked(content);
        PlannerClient planner = new PlannerClient(slipway.addresses().client(Service.PLANNER));
        try (RunDisplay display = RunDisplay.of(slipway)) {
            Accepted accepted = planner.submit(request, options.key());
            display.accepted(accepted);
            Follower follower = new Follower(planner, display, Deadline.in(options.timeout));
            try (var _ = new Interruption(() -> interrupted(display, accepted, follower.last()))) {
                follow(follower, display, accepted.runId());
            }
            return finish(display, accepted, follower.last()).number();
        }
    }

    private void follow(Follower follower, RunDisplay display, String runId) {
        if (!options.noWait) {
            follower.follow(runId);
            return;
        }
        try {
            follower.look(runId);
        } catch (ServiceAway away) {
            display.away(away); // the request is in, which is what was asked for
        }
    }

    private ExitCode finish(RunDisplay display, Accepted accepted, Optional<RunView> last) {
        Optional<RunEnded> end = last.flatMap(RunView::end);
        if (end.isPresent()) {
            ExitCode code = ExitCodes.of(end.get());
            display.ended(last.get(), code);
            return code;
        }
        ExitCode otherwise = options.noWait ? ExitCode.OK : ExitCode.STOPPED_WAITING;
        ExitCode code = last.map(run -> ExitCodes.ofUnended(run, otherwise)).orElse(otherwise);
        String why = options.noWait
                ? "Not waiting, as asked."
                : "Stopped waiting after %s.".formatted(Took.text(options.timeout));
        display.stopped(new Stopped(accepted, last, why), code);
        return code;
    }

    private static ExitCode interrupted(RunDisplay display, Accepted accepted, Optional<RunView> last) {
        ExitCode code = ExitCode.STOPPED_WAITING;
        display.stopped(new Stopped(accepted, last, "Stopped waiting: interrupted."), code);
        return code;
    }

    /** What the options say must make a valid request before anybody is asked. */
    private static Request checked(Supplier<Request> content) {
        try {
            return content.get();
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage(String.valueOf(e.getMessage()), "");
        }
    }
}
