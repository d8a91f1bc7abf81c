package io.slipway.cli.run;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.SlipwayCommand;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.event.MigrationRequested;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings a target forward. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Brings a target to a version, by default the latest, and follows the run to its end.")
public final class UpCommand implements Callable<Integer> {
    @ArgGroup(exclusive = true, multiplicity = "1")
    ScriptOptions scripts = new ScriptOptions();

    @Nullable
    @Option(
            names = "--to",
            paramLabel = "VERSION|+N",
            description =
                    "The version to reach, or how many pending versions to apply, such as +1; default: the latest.")
    String to;

    @Option(
            names = "--resume",
            description =
                    "Go on at the statement that failed with a script without a transaction; those before it must be unchanged.")
    boolean resume;

    @Mixin
    SettingsOptions settings = new SettingsOptions();

    @Mixin
    RequestOptions options = new RequestOptions();

    private final SlipwayCommand slipway;

    public UpCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() {
        return new RunRequest(slipway, options)
                .send(() -> new MigrationRequested(
                        options.targetId(),
                        scripts.source(slipway.surroundings().directory()),
                        version(),
                        count(),
                        settings.settings(),
                        options.dryRun,
                        options.force,
                        options.by,
                        options.reasonOr("slipway up"),
                        options.change,
                        options.environment,
                        options.expiresAt(),
                        resume));
    }

    private @Nullable MigrationVersion version() {
        return to == null || to.startsWith("+") ? null : new MigrationVersion(to);
    }

    private @Nullable Integer count() {
        if (to == null || !to.startsWith("+")) {
            return null;
        }
        try {
            return Integer.valueOf(to.substring(1));
        } catch (NumberFormatException e) {
            throw CommandFailed.usage(
                    "'--to %s' names neither a version nor a number of versions.".formatted(to),
                    "Write a version such as 3.1, or +1 for the next one.");
        }
    }
}
