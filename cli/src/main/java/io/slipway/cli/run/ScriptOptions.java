package io.slipway.cli.run;

import io.slipway.contracts.ScriptSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the scripts are: exactly one of the two. */
final class ScriptOptions {
    @Nullable
    @Option(
            names = "--dir",
            required = true,
            paramLabel = "DIR",
            description = "Folder of Flyway scripts on this machine; its files travel in the request.")
    Path dir;

    @Nullable
    @Option(
            names = "--server-dir",
            required = true,
            paramLabel = "PATH",
            description = "Folder that the planner reads; its configuration must allow it.")
    String serverDir;

    ScriptSource source(Path workingDirectory) {
        if (dir != null) {
            return new ScriptFolder(workingDirectory.resolve(dir).normalize()).read();
        }
        return new ScriptSource.Directory(serverDir == null ? "" : serverDir);
    }
}
