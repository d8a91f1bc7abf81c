package io.slipway.cli.run;

import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.Surroundings;
import io.slipway.cli.connect.ServiceAway;
import io.slipway.cli.output.Style;

/** How a run is shown while it goes on and when it is over. */
sealed interface RunDisplay extends AutoCloseable permits TerminalDisplay, PlainDisplay, JsonDisplay {
    void accepted(Accepted accepted);

    /** Called for each change, the end included. */
    void changed(RunView run);

    /** The planner does not answer; the waiting goes on. Called once for each time it goes away. */
    void away(ServiceAway away);

    /** The last call for a run that has ended. */
    void ended(RunView run, ExitCode code);

    /** The last call for a run that goes on without us. */
    void stopped(Stopped stopped, ExitCode code);

    /** Leaves the output in order when something went wrong in between. */
    @Override
    default void close() {}

    static RunDisplay of(SlipwayCommand slipway) {
        Surroundings surroundings = slipway.surroundings();
        if (slipway.json()) {
            return new JsonDisplay(surroundings.out(), surroundings.err());
        }
        Style style = new Style(surroundings.colours());
        return surroundings.terminal()
                ? new TerminalDisplay(surroundings.out(), style)
                : new PlainDisplay(surroundings.out(), surroundings.err(), new Summary(style));
    }
}
