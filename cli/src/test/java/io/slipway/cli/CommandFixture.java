package io.slipway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.output.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Runs one command as from a shell whose output goes into a pipe. */
public record CommandFixture(int exitCode, String out, String err) {
    public static CommandFixture run(Path directory, Map<String, String> variables, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                variables,
                directory,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        int exitCode = Main.run(surroundings, args);
        return new CommandFixture(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output, which must be one JSON document. */
    public JsonNode json() {
        try {
            return Json.mapper().readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON document: " + out, e);
        }
    }
}
