package io.slipway.benchmarks.validator;

import io.slipway.localstack.machine.LoggedProcess;
import io.slipway.localstack.machine.ProcessFailed;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A linter for PostgreSQL migrations that many use, written in Rust: it shows how fast a start can be. */
final class Squawk {

    private static final String PACKAGE = "@squawk-cli/linux-x64";
    private static final String VERSION = "2.66.0";
    private static final Duration DOWNLOAD = Duration.ofMinutes(5);

    private Squawk() {}

    /** Fetched with npm once and kept in the folder; empty where npm is not installed or cannot fetch it. */
    static Optional<Path> fetchedInto(Path folder) {
        var program =
                folder.resolve("node_modules").resolve(PACKAGE).resolve("bin").resolve("squawk");
        if (Files.isExecutable(program)) {
            return Optional.of(program);
        }
        try {
            LoggedProcess.run(
                    "the download of " + PACKAGE,
                    List.of(
                            "npm",
                            "install",
                            "--prefix",
                            folder.toString(),
                            "--no-save",
                            "--no-audit",
                            "--no-fund",
                            PACKAGE + "@" + VERSION),
                    Map.of(),
                    folder.resolve("fetch.log"),
                    DOWNLOAD);
        } catch (ProcessFailed | UncheckedIOException e) {
            return Optional.empty();
        }
        return Files.isExecutable(program) ? Optional.of(program) : Optional.empty();
    }
}
