package io.slipway.cli.run;

import io.slipway.cli.ExitCode;
import io.slipway.cli.connect.ServiceAway;
import io.slipway.cli.output.Style;
import java.io.PrintStream;

/** For pipes and logs: one line for each state, then the summary. */
final class PlainDisplay implements RunDisplay {
    private final PrintStream out;
    private final PrintStream err;
    private final Summary summary;
    private String shown = "";

    PlainDisplay(PrintStream out, PrintStream err, Summary summary) {
        this.out = out;
        this.err = err;
        this.summary = summary;
    }

    @Override
    public void accepted(Accepted accepted) {
        out.println("run %s of %s, request %s".formatted(accepted.runId(), accepted.target(), accepted.requestId()));
    }

    @Override
    public void changed(RunView run) {
        String line = (run.state() + " " + StateLine.detail(run)).strip();
        if (!shown.equals(run.state())) {
            out.println(Style.printable(line));
        }
        shown = run.state();
    }

    @Override
    public void away(ServiceAway away) {
        err.println("slipway: " + away.detail() + " Trying again.");
    }

    @Override
    public void ended(RunView run, ExitCode code) {
        summary.lines(run).forEach(out::println);
    }

    @Override
    public void stopped(Stopped stopped, ExitCode code) {
        stopped.last().ifPresent(run -> summary.verdict(run).forEach(out::println));
        out.println(stopped.text());
    }
}
