package io.slipway.cli.run;

import io.slipway.contracts.ScriptSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where the scripts are: exactly one of the three. */
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

    @Nullable
    @ArgGroup(exclusive = false, multiplicity = "1")
    GitOptions git;

    ScriptSource source(Path workingDirectory) {
        if (dir != null) {
            return new ScriptFolder(workingDirectory.resolve(dir).normalize()).read();
        }
        if (git != null) {
            return new ScriptSource.Git(git.repository, git.revision, git.path);
        }
        return new ScriptSource.Directory(serverDir == null ? "" : serverDir);
    }

    /** A commit that the planner fetches. */
    static final class GitOptions {
        @Option(
                names = "--git",
                required = true,
                paramLabel = "URL",
                description = "Repository that the planner fetches the scripts from; its policy must allow it.")
        String repository = "";

        @Option(
                names = "--git-revision",
                required = true,
                paramLabel = "REVISION",
                description = "A branch, a tag or a full commit hash; the plan names the commit.")
        String revision = "";

        @Nullable
        @Option(
                names = "--git-path",
                paramLabel = "PATH",
                description = "Folder within the repository; default: its top.")
        String path;
    }
}
