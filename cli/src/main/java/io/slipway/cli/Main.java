package io.slipway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.slipway.cli.health.HealthCommand;
import io.slipway.cli.history.HistoryCommand;
import io.slipway.cli.history.StatusCommand;
import io.slipway.cli.output.Json;
import io.slipway.cli.policy.PolicyCommand;
import io.slipway.cli.run.ApproveCommand;
import io.slipway.cli.run.CancelCommand;
import io.slipway.cli.run.RollbackCommand;
import io.slipway.cli.run.UpCommand;
import io.slipway.cli.validate.ExplainCommand;
import io.slipway.cli.validate.RulesCommand;
import io.slipway.cli.validate.ValidateCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Starts the command line. */
public final class Main {
    private static final String JSON = "--json";

    private Main() {}

    public static void main(String[] args) {
        // The SQL parser brings SLF4J along and nothing to log with, which SLF4J would complain of.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(run(Surroundings.ofThisProcess(), args));
    }

    /** Runs one command and gives its exit code. */
    public static int run(Surroundings surroundings, String... args) {
        boolean json = Arrays.asList(args).contains(JSON);
        return commandLine(surroundings)
                .setParameterExceptionHandler((wrong, given) -> report(
                        surroundings,
                        json,
                        CommandFailed.usage(
                                String.valueOf(wrong.getMessage()),
                                "See '%s --help'."
                                        .formatted(wrong.getCommandLine()
                                                .getCommandSpec()
                                                .qualifiedName()))))
                .setExecutionExceptionHandler(
                        (failed, command, parsed) -> report(surroundings, json, asFailure(failed)))
                .execute(args);
    }

    private static CommandLine commandLine(Surroundings surroundings) {
        SlipwayCommand slipway = new SlipwayCommand(surroundings);
        CommandLine line = new CommandLine(slipway)
                .addSubcommand(new UpCommand(slipway))
                .addSubcommand(new StatusCommand(slipway))
                .addSubcommand(new HistoryCommand(slipway))
                .addSubcommand(new RollbackCommand(slipway))
                .addSubcommand(new ApproveCommand(slipway))
                .addSubcommand(new CancelCommand(slipway))
                .addSubcommand(new HealthCommand(slipway))
                .addSubcommand(new ValidateCommand(slipway))
                .addSubcommand(new RulesCommand(slipway))
                .addSubcommand(new ExplainCommand(slipway))
                .addSubcommand(PolicyCommand.of(slipway));
        Map<String, String> exitCodes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            exitCodes.put(String.valueOf(code.number()), code.meaning());
        }
        withSubcommands(line)
                .map(command -> command.getCommandSpec().usageMessage())
                .forEach(help -> help.exitCodeListHeading("%nExit codes:%n").exitCodeList(exitCodes));
        return line.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(surroundings.colours() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static Stream<CommandLine> withSubcommands(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().flatMap(Main::withSubcommands));
    }

    private static CommandFailed asFailure(Exception failed) {
        if (failed instanceof CommandFailed expected) {
            return expected;
        }
        CommandFailed unexpected = new CommandFailed(
                ExitCode.UNEXPECTED,
                "Unexpected",
                "%s: %s".formatted(failed.getClass().getSimpleName(), failed.getMessage()),
                "This is a defect of the command line; please report it with this message.");
        unexpected.initCause(failed);
        return unexpected;
    }

    private static int report(Surroundings surroundings, boolean json, CommandFailed failed)
            throws JsonProcessingException {
        if (json) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("exitCode", failed.exitCode().number());
            error.put("title", failed.title());
            error.put("detail", failed.detail());
            error.put("remedy", failed.remedy());
            surroundings.out().println(Json.text(Map.of("error", error)));
        }
        surroundings.err().println("slipway: " + failed.detail());
        if (!failed.remedy().isEmpty()) {
            surroundings.err().println("         " + failed.remedy());
        }
        return failed.exitCode().number();
    }
}
