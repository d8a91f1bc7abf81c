package io.slipway.cli.run;

import io.slipway.cli.SlipwayCommand;
import io.slipway.contracts.Revision;
import io.slipway.contracts.event.RollbackRequested;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes applied versions back. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Takes applied versions back with their undo scripts, and follows the run to its end.")
public final class RollbackCommand implements Callable<Integer> {
    @Option(
            names = "--revision",
            required = true,
            paramLabel = "-N|VERSION|before:RUN",
            description =
                    "-1 undoes the last version, -2 the last two; a version undoes all above it, before:RUN what that run and later ones applied.")
    String revision = "";

    @Nullable
    @ArgGroup(exclusive = true, multiplicity = "0..1")
    ScriptOptions scripts;

    @Option(
            names = "--resume",
            description =
                    "Go on at the statement that failed with an undo script without a transaction; those before it must be unchanged.")
    boolean resume;

    @Mixin
    SettingsOptions settings = new SettingsOptions();

    @Mixin
    RequestOptions options = new RequestOptions();

    private final SlipwayCommand slipway;

    public RollbackCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() {
        return new RunRequest(slipway, options)
                .send(() -> new RollbackRequested(
                        options.targetId(),
                        new Revision(revision),
                        scripts == null
                                ? null
                                : scripts.source(slipway.surroundings().directory()),
                        settings.settings(),
                        options.dryRun,
                        options.force,
                        options.by,
                        options.reasonOr("slipway rollback"),
                        options.change,
                        options.environment,
                        options.expiresAt(),
                        resume));
    }
}
