package io.slipway.cli.run;

import io.slipway.cli.ExitCode;
import io.slipway.cli.connect.ServiceAway;
import io.slipway.cli.output.Style;
import io.slipway.cli.output.Took;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** For people: one line that is redrawn in place, each second at least, then the summary. */
final class TerminalDisplay implements RunDisplay {
    private static final int WIDTH = 79; // one less than the narrowest terminal, so that the line never wraps
    private static final int BAR = 20;
    private static final String REDRAW = "\r\u001b[2K";

    private final PrintStream out;
    private final Style style;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("clock").factory());
    private int percent;
    private String text = "";

    TerminalDisplay(PrintStream out, Style style) {
        this.out = out;
        this.style = style;
    }

    @Override
    public synchronized void accepted(Accepted accepted) {
        out.println(style.dim(
                "run %s of %s, request %s".formatted(accepted.runId(), accepted.target(), accepted.requestId())));
        text = accepted.state();
        var _ = clock.scheduleAtFixedRate(this::draw, 0, 1, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void changed(RunView run) {
        percent = Math.clamp(run.content().percent(), 0, 100);
        text = (run.state() + "  " + StateLine.detail(run)).strip();
        draw();
    }

    @Override
    public synchronized void away(ServiceAway away) {
        text = "the planner does not answer, trying again";
        draw();
    }

    @Override
    public synchronized void ended(RunView run, ExitCode code) {
        finish();
        new Summary(style).lines(run).forEach(out::println);
    }

    @Override
    public synchronized void stopped(Stopped stopped, ExitCode code) {
        finish();
        stopped.last().ifPresent(run -> new Summary(style).verdict(run).forEach(out::println));
        out.println(style.yellow(stopped.text()));
    }

    @Override
    public synchronized void close() {
        finish();
    }

    private void finish() {
        if (!clock.isShutdown()) {
            clock.shutdownNow();
            out.print(REDRAW);
        }
    }

    private String elapsed() {
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        return seconds < 60 ? seconds + " s" : Took.text(Duration.ofSeconds(seconds));
    }

    private synchronized void draw() {
        if (clock.isShutdown()) {
            return;
        }
        int full = percent * BAR / 100;
        String plain = "[%s%s] %3d %%  %s  %s"
                .formatted("#".repeat(full), "-".repeat(BAR - full), percent, elapsed(), Style.printable(text));
        out.print(REDRAW + (plain.length() <= WIDTH ? plain : plain.substring(0, WIDTH - 1) + "…"));
        out.flush();
    }
}
