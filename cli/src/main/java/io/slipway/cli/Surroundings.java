package io.slipway.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the process finds around it.
 *
 * @param directory the working directory
 * @param terminal whether a person looks at {@code out}
 */
public record Surroundings(
        Map<String, String> variables, Path directory, PrintStream out, PrintStream err, boolean terminal) {

    static Surroundings ofThisProcess() {
        Map<String, String> variables = System.getenv();
        return new Surroundings(
                variables,
                Path.of("").toAbsolutePath(),
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                someoneLooks() && !"dumb".equals(variables.get("TERM")));
    }

    /** The variable's value; one that is empty counts as absent. */
    public @Nullable String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** See no-color.org. */
    public boolean colours() {
        return terminal && variable("NO_COLOR") == null;
    }

    @SuppressWarnings("SystemConsoleNull") // it is null where standard output is closed
    private static boolean someoneLooks() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** JSON is UTF-8 whatever the locale says, and names of tables may be in any script. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
