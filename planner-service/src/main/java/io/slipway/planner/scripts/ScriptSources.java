package io.slipway.planner.scripts;

import io.slipway.contracts.Failure;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptOrigin;
import io.slipway.contracts.ScriptSource;
import io.slipway.planner.PlannerConfig;
import io.slipway.policy.ScriptPermission;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gets the scripts that a request names. */
@ApplicationScoped
public class ScriptSources {
    private final ScriptDirectories directories;
    private final GitRepositories repositories;

    ScriptSources(PlannerConfig config) {
        this.directories = new ScriptDirectories(config.scriptDirectories().orElse(List.of()), config.maxFiles());
        this.repositories = new GitRepositories(config);
    }

    /**
     * May wait for a repository.
     *
     * @param before the origin of the run's last plan: the same commit is read again, whatever has been pushed since
     */
    public Scripts read(ScriptSource source, ScriptPermission permission, @Nullable ScriptOrigin before)
            throws InterruptedException {
        return switch (source) {
            case ScriptSource.Git git -> repositories.read(git, before == null ? null : before.commit(), permission);
            case ScriptSource.Inline _, ScriptSource.Directory _ when permission.gitOnly() -> gitRequired();
            case ScriptSource.Inline inline -> inline(inline.files());
            case ScriptSource.Directory directory -> directories.read(directory.path());
        };
    }

    private static Scripts inline(List<ScriptFile> files) {
        long bytes = ScriptBound.bytes(files);
        return ScriptBound.exceededBy(bytes)
                ? new Scripts.Unusable(ScriptBound.failure(bytes))
                : Scripts.found(files.stream()
                        .sorted(Comparator.comparing(ScriptFile::name))
                        .toList());
    }

    private static Scripts gitRequired() {
        return new Scripts.Unusable(Failure.of(
                "GIT_REQUIRED",
                "Scripts for this target must come from a Git repository.",
                "Push them, and name the repository and a revision in the request."));
    }
}
