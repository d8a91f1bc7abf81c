package io.slipway.localstack.demo;

import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.supervise.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs {@code ./slipway} as a user would, with its output where the demo's own goes. */
final class SlipwayCommands {

    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[\\w./=:-]+");

    private final Checkout checkout;
    private final Addresses addresses;
    private final Narrator narrator;

    SlipwayCommands(Checkout checkout, Addresses addresses, Narrator narrator) {
        this.checkout = checkout;
        this.addresses = addresses;
        this.narrator = narrator;
    }

    /**
     * Shows the command, runs it to its end.
     *
     * @throws UnexpectedOutcome when it ends with another exit code
     */
    void run(ExpectedEnd expected, String... arguments) {
        var line = Stream.concat(
                        Stream.of("./slipway"), Arrays.stream(arguments).map(SlipwayCommands::quoted))
                .collect(Collectors.joining(" "));
        narrator.command(line);
        var exitCode = exitCode(List.of(arguments));
        if (exitCode != expected.exitCode()) {
            throw new UnexpectedOutcome("The exit code of \"%s\" is %d; expected was %d, %s."
                    .formatted(line, exitCode, expected.exitCode(), expected.meaning()));
        }
        narrator.confirm("exit code %d: %s".formatted(exitCode, expected.meaning()));
    }

    private int exitCode(List<String> arguments) {
        var script = checkout.root().resolve("slipway").toString();
        var builder = new ProcessBuilder(
                        Stream.concat(Stream.of(script), arguments.stream()).toList())
                .directory(checkout.root().toFile())
                .inheritIO();
        // The user's environment may lead to other services than the demo's.
        builder.environment().put("SLIPWAY_PLANNER", addresses.planner());
        builder.environment().put("SLIPWAY_AUDIT", addresses.audit());
        builder.environment().remove("SLIPWAY_TOKEN");
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + script, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a command was running", e);
        }
    }

    private static String quoted(String argument) {
        return NEEDS_NO_QUOTES.matcher(argument).matches() ? argument : "'" + argument + "'";
    }
}
