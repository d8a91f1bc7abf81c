package io.slipway.cli.training;

import io.slipway.cli.Main;
import io.slipway.cli.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs each of its arguments as a command line, split at spaces, whatever its exit code: a JVM that was told to record
 * notes which classes they load. Nothing is printed, and nothing outside this process is asked.
 */
public final class Training {
    private Training() {}

    public static void main(String[] commands) throws IOException {
        try (var services = PreparedServices.start();
                var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            var surroundings = new Surroundings(
                    Map.of("SLIPWAY_PLANNER", services.address(), "SLIPWAY_AUDIT", services.address()),
                    Path.of("").toAbsolutePath(),
                    nowhere,
                    nowhere,
                    false);
            for (String command : commands) {
                Main.run(surroundings, command.split(" "));
            }
        }
        // The HTTP clients of the commands have threads of their own, which need not be waited for.
        System.exit(0);
    }
}
