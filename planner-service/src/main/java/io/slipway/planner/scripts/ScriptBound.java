package io.slipway.planner.scripts;

import io.slipway.contracts.Failure;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The bound on the size of one request's scripts: they travel inside events. */
public final class ScriptBound {
    public static final String CODE = "TOO_LARGE";

    private ScriptBound() {}

    public static long bytes(List<ScriptFile> files) {
        return files.stream()
                .mapToLong(file -> file.content().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    public static boolean exceededBy(long bytes) {
        return bytes > Topics.MAX_SCRIPT_BYTES;
    }

    public static Failure failure(long bytes) {
        return Failure.of(
                CODE,
                "The scripts have %d bytes together, but at most %d bytes are taken, since they travel inside events."
                        .formatted(bytes, Topics.MAX_SCRIPT_BYTES),
                "Leave out versions that every target has already, or move bulk data out of the scripts.");
    }
}
