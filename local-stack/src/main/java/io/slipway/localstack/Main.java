package io.slipway.localstack;

import io.slipway.localstack.demo.DemoCommand;
import io.slipway.localstack.supervise.StartCommand;
import io.slipway.localstack.supervise.StopCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./slipway} runs for the commands that are about this machine. */
@Command(
        name = "./slipway",
        subcommands = {DemoCommand.class, StartCommand.class, StopCommand.class})
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
