package io.slipway.cli.run;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.SlipwayCommand;
import io.slipway.contracts.event.MigrationRequested;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the services need to know to plan and validate without changing anything. */
public final class DryRunOptions {
    @Nullable
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Folder of Flyway scripts on this machine; its files travel in the request.")
    Path dir;

    @Nullable
    @Option(
            names = "--server-dir",
            paramLabel = "PATH",
            description = "Folder that the planner reads; its configuration must allow it.")
    String serverDir;

    @Option(names = "--target", paramLabel = "NAME", description = "The registered database; default: default.")
    String target = "default";

    /** Gives the exit code of a dry run: 0 when it would pass, 2 when validation would refuse it. */
    public int run(SlipwayCommand slipway) {
        if (dir == null == (serverDir == null)) {
            throw CommandFailed.usage(
                    "Either --dir or --server-dir must say where the scripts are.",
                    "To judge files here, without the services: slipway validate --offline DIR.");
        }
        ScriptOptions scripts = new ScriptOptions();
        scripts.dir = dir;
        scripts.serverDir = serverDir;
        RequestOptions options = new RequestOptions();
        options.target = target;
        return new RunRequest(slipway, options)
                .send(() -> new MigrationRequested(
                        options.targetId(),
                        scripts.source(slipway.surroundings().directory()),
                        null,
                        new SettingsOptions().settings(),
                        true,
                        false,
                        options.by,
                        options.reasonOr("slipway validate"),
                        options.change));
    }
}
