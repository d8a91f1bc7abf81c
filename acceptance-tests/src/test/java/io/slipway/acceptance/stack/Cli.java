package io.slipway.acceptance.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.localstack.machine.Checkout;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The command line as a process of its own, in the folder where the stack keeps its state. */
public record Cli(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What the process left behind. */
    public record Result(int exitCode, String out, String err) {
        /** All of standard output, which must be one document and nothing else. */
        public JsonNode json() {
            try {
                return JSON.readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError("Standard output is not one JSON document:\n" + out + "\n" + err, e);
            }
        }
    }

    public Result run(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                "io.slipway.cli.Main"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).directory(folder.toFile()).start();
            var err = CompletableFuture.supplyAsync(() -> text(process.errorReader()));
            var out = text(process.inputReader());
            return new Result(process.waitFor(), out, err.join());
        } catch (IOException e) {
            throw new IllegalStateException("The command line cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the command line ran", e);
        }
    }

    private static String text(Reader from) {
        try (from) {
            return from.readAllAsString();
        } catch (IOException e) {
            throw new IllegalStateException("The command line's output cannot be read", e);
        }
    }

    private static String classPath() {
        var target = Checkout.locate().root().resolve("cli").resolve("target");
        if (!Files.isDirectory(target.resolve("lib"))) {
            throw new IllegalStateException(
                    target.resolve("lib") + " is missing; build it with './mvnw -DskipTests package'");
        }
        return target.resolve("classes") + System.getProperty("path.separator") + target.resolve("lib/*");
    }
}
