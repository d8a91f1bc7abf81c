package io.slipway.benchmarks;

import io.slipway.benchmarks.fleet.FleetCommand;
import io.slipway.benchmarks.footprint.FootprintCommand;
import io.slipway.benchmarks.latency.LatencyCommand;
import io.slipway.benchmarks.locks.LocksCommand;
import io.slipway.benchmarks.planner.PlannerCommand;
import io.slipway.benchmarks.validator.ValidatorCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./slipway bench NAME} runs. */
@Command(
        name = "./slipway bench",
        description = "Measures Slipway on this machine: prints a table and writes target/bench/NAME.json.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME",
        subcommands = {
            LatencyCommand.class,
            FootprintCommand.class,
            LocksCommand.class,
            ValidatorCommand.class,
            PlannerCommand.class,
            FleetCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
