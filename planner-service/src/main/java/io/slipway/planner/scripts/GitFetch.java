package io.slipway.planner.scripts;

import io.slipway.planner.PlannerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds the commit that a revision means, and fetches as little as will do: the tip of a branch or tag alone; the whole history
 * for another commit. A commit is never asked for by its hash: hosts that keep forks together answer with commits that were
 * never pushed to this repository.
 */
final class GitFetch {
    /** Where the tip of the one ref that was asked for is kept. */
    private static final String TIP = "refs/slipway/tip";

    private static final Pattern FULL_HASH = Pattern.compile("[0-9a-f]{40}");

    private final PlannerConfig.GitCache config;
    private final GitCredentials credentials;
    private final Path home;

    GitFetch(PlannerConfig.GitCache config, GitCredentials credentials, Path home) {
        this.config = config;
        this.credentials = credentials;
        this.home = home;
    }

    /**
     * @throws IOException when the failure may be one of the cached repository
     */
    ObjectId commit(Repository repository, RepositoryUrl url, String revision) throws Unreadable, IOException {
        boolean hash = FULL_HASH.matcher(revision).matches();
        if (hash && has(repository, ObjectId.fromString(revision))) {
            return ObjectId.fromString(revision);
        }
        try (Session session = session(repository, url)) {
            Map<String, Ref> refs = session.refs();
            Optional<Ref> tip = hash ? tipAt(refs, ObjectId.fromString(revision)) : named(refs, url, revision);
            if (tip.isPresent()) {
                return commitOf(session, tip.get());
            }
            if (hash) {
                session.fetchAll();
                if (has(repository, ObjectId.fromString(revision))) {
                    return ObjectId.fromString(revision);
                }
            }
            throw unknown(url, revision);
        }
    }

    private static ObjectId commitOf(Session session, Ref tip) throws Unreadable, IOException {
        if (!has(session.repository, target(tip))) {
            session.fetchTip(tip.getName());
            Ref fetched = session.repository.exactRef(TIP);
            if (fetched == null) {
                throw new IOException("the fetch of '%s' brought no ref".formatted(tip.getName()));
            }
            return target(session.repository.getRefDatabase().peel(fetched));
        }
        return target(tip);
    }

    /** With this hash and all that it needs, since a fetch ends with all of it or nothing. */
    private static boolean has(Repository repository, ObjectId id) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return repository.getObjectDatabase().has(id) && walk.parseAny(id).getType() == Constants.OBJ_COMMIT;
        }
    }

    private static Optional<Ref> tipAt(Map<String, Ref> refs, ObjectId commit) {
        return refs.values().stream()
                .filter(ref -> ref.getName().startsWith(Constants.R_HEADS)
                        || ref.getName().startsWith(Constants.R_TAGS))
                .filter(ref -> target(ref).equals(commit))
                .findFirst();
    }

    private static Optional<Ref> named(Map<String, Ref> refs, RepositoryUrl url, String revision) throws Unreadable {
        List<Ref> found = new ArrayList<>();
        for (String name : List.of(revision, Constants.R_HEADS + revision, Constants.R_TAGS + revision)) {
            Ref ref = refs.get(name);
            if (ref != null && (name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_TAGS))) {
                found.add(ref);
            }
        }
        if (found.size() > 1) {
            throw new Unreadable(
                    "REVISION_AMBIGUOUS",
                    "'%s' is both a branch and a tag of '%s'.".formatted(revision, url.text()),
                    "Name '%s' or '%s'."
                            .formatted(
                                    found.getFirst().getName(), found.getLast().getName()));
        }
        return found.stream().findFirst();
    }

    /** The commit behind a tag that is an object of its own. */
    private static ObjectId target(Ref ref) {
        return ref.getPeeledObjectId() == null ? ref.getObjectId() : ref.getPeeledObjectId();
    }

    private static Unreadable unknown(RepositoryUrl url, String revision) {
        return new Unreadable(
                "REVISION_UNKNOWN",
                "'%s' is no branch, no tag and no commit of a branch or tag of '%s'.".formatted(revision, url.text()),
                "Push it, or correct 'revision'; of a commit the whole hash is needed.");
    }

    private Session session(Repository repository, RepositoryUrl url) throws Unreadable {
        return new Session(
                repository,
                url,
                credentials.password(url),
                url.scheme() == RepositoryUrl.Scheme.SSH ? credentials.sessions(url, home) : null);
    }

    /** What is asked of one remote repository. */
    private final class Session implements AutoCloseable {
        private final Repository repository;
        private final RepositoryUrl url;
        private final @Nullable CredentialsProvider password;
        private final @Nullable SshdSessionFactory ssh;

        private Session(
                Repository repository,
                RepositoryUrl url,
                @Nullable CredentialsProvider password,
                @Nullable SshdSessionFactory ssh) {
            this.repository = repository;
            this.url = url;
            this.password = password;
            this.ssh = ssh;
        }

        private Map<String, Ref> refs() throws Unreadable, IOException {
            try {
                return connected(new Git(repository).lsRemote().setRemote(url.text()))
                        .callAsMap();
            } catch (GitAPIException e) {
                throw GitRefusal.of(url, e);
            }
        }

        private void fetchTip(String ref) throws Unreadable, IOException {
            fetch(fetch().setDepth(1).setRefSpecs("+" + ref + ":" + TIP));
        }

        private void fetchAll() throws Unreadable, IOException {
            FetchCommand fetch = fetch().setRemoveDeletedRefs(true)
                    .setRefSpecs("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*");
            if (!repository.getObjectDatabase().getShallowCommits().isEmpty()) {
                fetch.setUnshallow(true);
            }
            fetch(fetch);
        }

        private FetchCommand fetch() {
            return connected(new Git(repository).fetch().setRemote(url.text()).setTagOpt(TagOpt.NO_TAGS));
        }

        private void fetch(FetchCommand fetch) throws Unreadable, IOException {
            var bound = new FetchBound(
                    repository.getDirectory().toPath(), config.fetchTimeout(), config.maxRepositoryBytes());
            try {
                fetch.setProgressMonitor(bound).call();
            } catch (GitAPIException | RuntimeException e) {
                if (bound.tooLong()) {
                    throw GitRefusal.tooLong(url, config.fetchTimeout(), e);
                }
                if (!bound.tooLarge()) {
                    throw GitRefusal.of(url, e);
                }
            }
            if (bound.tooLarge() || bound.exceeded()) {
                throw GitRefusal.tooLarge(url, config.maxRepositoryBytes());
            }
        }

        private <C extends TransportCommand<C, ?>> C connected(C command) {
            // In whole seconds; 0 would be no bound.
            return command.setTimeout(
                            Math.toIntExact(Math.max(1, config.fetchTimeout().toSeconds())))
                    .setCredentialsProvider(password)
                    .setTransportConfigCallback(transport -> {
                        if (transport instanceof SshTransport overSsh) {
                            overSsh.setSshSessionFactory(ssh);
                        }
                    });
        }

        @Override
        public void close() {
            if (ssh != null) {
                ssh.close();
            }
        }
    }
}
