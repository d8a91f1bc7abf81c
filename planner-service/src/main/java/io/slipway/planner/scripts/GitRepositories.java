package io.slipway.planner.scripts;

import io.slipway.contracts.ScriptOrigin;
import io.slipway.contracts.ScriptSource;
import io.slipway.planner.PlannerConfig;
import io.slipway.policy.ScriptPermission;
import java.time.Duration;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** Reads scripts from the repositories that are allowed, and contacts no other. */
final class GitRepositories {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final GitCredentials credentials;
    private final GitCache cache;
    private final GitFetch fetch;
    private final int maxFiles;
    private final Duration patience;

    GitRepositories(PlannerConfig config) {
        NoGitSettings.install();
        this.credentials = new GitCredentials(config.git().values());
        this.cache = new GitCache(config.gitCache());
        this.fetch = new GitFetch(config.gitCache(), credentials, cache.directory());
        this.maxFiles = config.maxFiles();
        this.patience = config.targetPatience();
    }

    /**
     * @param pinned the commit that the revision meant when it was asked for first, absent the first time
     */
    Scripts read(ScriptSource.Git source, @Nullable String pinned, ScriptPermission permission)
            throws InterruptedException {
        try {
            RepositoryUrl url = RepositoryUrl.parse(source.repository());
            if (!allowed(url, permission)) {
                throw notAllowed(url);
            }
            return patiently(source, pinned == null ? source.revision() : pinned, url);
        } catch (Unreadable e) {
            return new Scripts.Unusable(e.failure());
        }
    }

    private boolean allowed(RepositoryUrl url, ScriptPermission permission) {
        return permission.repositories().isEmpty()
                ? credentials.of(url).isPresent()
                : RepositoryRules.listed(permission.repositories(), url);
    }

    /** As long as for a target: a host that is restarted should not end a deployment. */
    private Scripts patiently(ScriptSource.Git source, String revision, RepositoryUrl url)
            throws Unreadable, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return read(source, revision, url);
            } catch (Unreadable e) {
                if (!e.failure().code().equals(GitRefusal.UNREACHABLE)
                        || System.nanoTime() + pause.toNanos() > deadline) {
                    throw e;
                }
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private Scripts read(ScriptSource.Git source, String revision, RepositoryUrl url) throws Unreadable {
        return cache.use(url, repository -> {
            ObjectId commit = fetch.commit(repository, url, revision);
            try (ObjectReader reader = repository.newObjectReader()) {
                GitTree.Content content = new GitTree(reader, maxFiles).read(commit, source.path());
                ScriptOrigin origin =
                        new ScriptOrigin(source.repository(), source.revision(), commit.name(), source.path());
                return new Scripts.Found(content.files(), origin, content.warnings());
            }
        });
    }

    private static Unreadable notAllowed(RepositoryUrl url) {
        return new Unreadable(
                "REPOSITORY_NOT_ALLOWED",
                "Scripts for this target may not come from the repository '%s'.".formatted(url.text()),
                "Use one that is allowed; or allow it in the target's policy, or where there is none, below 'slipway.planner.git'.");
    }
}
