package io.slipway.planner.scripts;

import io.slipway.contracts.ScriptSource;
import io.slipway.planner.PlannerConfig;
import io.slipway.policy.ScriptPermission;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;

/** A repository that someone pushes to, and a planner that may read it. */
public final class GitFixture implements AutoCloseable {
    private static final PersonIdent ADA = new PersonIdent("ada", "ada@example.org");

    final Path folder;
    final Path repository;
    private final Git git;
    private final Map<String, String> settings = new HashMap<>();

    public GitFixture(Path folder) throws GitAPIException {
        this.folder = folder;
        this.repository = folder.resolve("shop.git");
        this.git = Git.init()
                .setBare(true)
                .setInitialBranch("main")
                .setDirectory(repository.toFile())
                .call();
        set("git-cache.directory", folder.resolve("cache"));
        set("git.shop.url-prefix", url());
        set("target-patience", "0s");
        set("git-cache.fetch-timeout", "10s");
    }

    void set(String key, Object value) {
        settings.put("slipway.planner." + key, value.toString());
    }

    public String url() {
        return "file://" + repository;
    }

    Repository repository() {
        return git.getRepository();
    }

    /** Text files by their paths, as the next commit of a branch. */
    public String commit(String branch, Map<String, String> files) throws IOException {
        Map<String, Entry> entries = new HashMap<>();
        files.forEach((name, text) ->
                entries.put(name, new Entry(FileMode.REGULAR_FILE, text.getBytes(StandardCharsets.UTF_8))));
        return commitEntries(branch, entries);
    }

    /** A file, or what a mode makes of these bytes. */
    record Entry(FileMode mode, byte[] content) {}

    String commitEntries(String branch, Map<String, Entry> entries) throws IOException {
        try (ObjectInserter inserter = repository().newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            DirCacheBuilder builder = index.builder();
            for (var entry : entries.entrySet()) {
                DirCacheEntry file = new DirCacheEntry(entry.getKey());
                file.setFileMode(entry.getValue().mode());
                file.setObjectId(
                        entry.getValue().mode() == FileMode.GITLINK
                                ? ObjectId.zeroId()
                                : inserter.insert(
                                        Constants.OBJ_BLOB, entry.getValue().content()));
                builder.add(file);
            }
            builder.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            ObjectId parent = repository().resolve("refs/heads/" + branch);
            if (parent != null) {
                commit.setParentId(parent);
            }
            commit.setAuthor(ADA);
            commit.setCommitter(ADA);
            commit.setMessage("scripts");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            point("refs/heads/" + branch, id);
            return id.name();
        }
    }

    void point(String ref, ObjectId id) throws IOException {
        var update = repository().updateRef(ref);
        update.setNewObjectId(id);
        update.forceUpdate();
    }

    void tag(String name, String commit) throws IOException, GitAPIException {
        try (var walk = new org.eclipse.jgit.revwalk.RevWalk(repository())) {
            git.tag()
                    .setName(name)
                    .setAnnotated(true)
                    .setTagger(ADA)
                    .setMessage(name)
                    .setObjectId(walk.parseCommit(ObjectId.fromString(commit)))
                    .call();
        }
    }

    /** As a planner that has just been started would. */
    GitRepositories planner() {
        return new GitRepositories(config());
    }

    PlannerConfig config() {
        return new SmallRyeConfigBuilder()
                .withMapping(PlannerConfig.class)
                .withDefaultValues(settings)
                .addDefaultInterceptors()
                .withConverter(java.time.Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .build()
                .getConfigMapping(PlannerConfig.class);
    }

    Scripts read(String revision) throws InterruptedException {
        return read(revision, null);
    }

    Scripts read(String revision, String path) throws InterruptedException {
        return read(planner(), new ScriptSource.Git(url(), revision, path));
    }

    static Scripts read(GitRepositories planner, ScriptSource.Git source) throws InterruptedException {
        return planner.read(source, null, ScriptPermission.UNRESTRICTED);
    }

    /** The directories of the planner's cache. */
    java.util.List<Path> cached() throws IOException {
        try (var entries = Files.list(folder.resolve("cache"))) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    @Override
    public void close() {
        git.close();
    }
}
