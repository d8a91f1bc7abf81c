package io.slipway.planner.scripts;

import io.slipway.contracts.Failure;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.planner.PlannerConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;

/** Gets the scripts that a request names. */
@ApplicationScoped
public class ScriptSources {
    private final ScriptDirectories directories;

    ScriptSources(PlannerConfig config) {
        this.directories = new ScriptDirectories(config.scriptDirectories().orElse(List.of()), config.maxFiles());
    }

    public Scripts read(ScriptSource source) {
        return switch (source) {
            case ScriptSource.Inline inline -> inline(inline.files());
            case ScriptSource.Directory directory -> directories.read(directory.path());
            case ScriptSource.Git git ->
                new Scripts.Unusable(Failure.of(
                        "GIT_NOT_ALLOWED",
                        "This planner reads from no repository, such as '%s'.".formatted(git.repository()),
                        "Send the scripts inside the request."));
        };
    }

    private static Scripts inline(List<ScriptFile> files) {
        long bytes = ScriptBound.bytes(files);
        return ScriptBound.exceededBy(bytes)
                ? new Scripts.Unusable(ScriptBound.failure(bytes))
                : new Scripts.Found(files.stream()
                        .sorted(Comparator.comparing(ScriptFile::name))
                        .toList());
    }
}
