package io.slipway.targets.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads one stream of a child to its end on a thread of its own, so that the child never waits for its reader. */
final class OutputReader {
    /** After the child's end only what is left in the pipe is read; a grandchild may hold the pipe open for longer. */
    private static final long LEFTOVER_MILLIS = 5_000;

    private final Thread thread;

    private OutputReader(Thread thread) {
        this.thread = thread;
    }

    static OutputReader start(InputStream stream, Consumer<String> lines) {
        return new OutputReader(
                Thread.ofPlatform().daemon().name("child-output").start(() -> read(stream, lines)));
    }

    void join() throws InterruptedException {
        thread.join(LEFTOVER_MILLIS);
    }

    private static void read(InputStream stream, Consumer<String> lines) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            // The child was ended while it wrote; what it managed to say is already with the reader.
            lines.accept("(output ends here: " + e.getMessage() + ")");
        }
    }
}
