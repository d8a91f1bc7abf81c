package io.slipway.planner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of the planner, all below {@code slipway.planner}. */
@ConfigMapping(prefix = "slipway.planner")
public interface PlannerConfig {
    /**
     * Directories from which requests may have scripts read, as a comma-separated list. A relative path in a request
     * starts at the first of them. Without any, only scripts that travel inside the request are taken.
     */
    Optional<List<Path>> scriptDirectories();

    /**
     * Most files that one directory may hold below it. A directory with more is hardly a Flyway project, and walking it
     * would keep other runs waiting.
     */
    @WithDefault("10000")
    int maxFiles();

    /**
     * Largest HTTP body, in bytes. Three times the bound on scripts: JSON escapes line ends and quotes, and the bound on
     * scripts gives the better message.
     */
    @WithDefault("15728640")
    int maxRequestBytes();

    /**
     * How long a target that does not answer is tried again before the run is cancelled. Long enough for a failover of
     * most managed databases to be noticed, short enough that a deployment hears of it at once.
     */
    @WithDefault("15s")
    Duration targetPatience();

    /**
     * How often a run whose target moved between plan and release is planned anew. Three: more means that someone else
     * migrates this database all the time, and people must settle that.
     */
    @WithDefault("3")
    int maxReplans();

    /**
     * How long runs that have ended, and the keys of requests, are kept. A key that comes again later makes a new run.
     * The audit service keeps the history of runs for itself.
     */
    @WithDefault("90d")
    Duration keep();

    /** Settings of the gates before a run. */
    Gates gates();

    /** Settings of the gates before a run. */
    interface Gates {
        /** How often it is noticed that a window has opened, an approval has come, or a request has expired. */
        @WithDefault("1s")
        Duration watchEvery();

        /** How often a held run is looked at even though nothing has come: a changed policy may let it go. */
        @WithDefault("10s")
        Duration lookEvery();
    }

    /**
     * The Git repositories that scripts may be read from, each under a name of your own, and what to show them. Where a
     * policy lists repositories, that list decides instead, and these settings still give the credentials.
     */
    Map<String, GitRepository> git();

    /** Where fetched repositories are kept, and how much of them. */
    GitCache gitCache();

    /** Settings of the long poll on a run, and of the stream of its events. */
    LongPoll longPoll();

    /** Some repositories with the same credentials. */
    interface GitRepository {
        /**
         * What the URLs of these repositories begin with, up to the end of a folder, such as {@code https://git.example.org/shop} or
         * {@code git@git.example.org:shop/}. Of several that fit, the longest counts.
         */
        String urlPrefix();

        /** The user for {@code https:}; many hosts take any name beside a token. */
        Optional<String> username();

        /** The file that holds the password or token for {@code https:}; it is read for each fetch, so that it may change. */
        Optional<Path> passwordFile();

        /** The private key for {@code ssh:}, without a passphrase. */
        Optional<Path> sshKey();

        /** The keys of the hosts for {@code ssh:}, as {@code ssh-keyscan} writes them. A host that is not listed is refused. */
        Optional<Path> knownHosts();
    }

    /** Where fetched repositories are kept, and how much of them. */
    interface GitCache {
        /**
         * The directory of the fetched repositories. It may be lost at any time, and is made readable for the planner's user
         * only.
         */
        @WithDefault("${java.io.tmpdir}/slipway-git")
        Path directory();

        /** Longest time that one fetch may take. A shallow fetch takes seconds; the whole history is fetched for old commits. */
        @WithDefault("60s")
        Duration fetchTimeout();

        /** Most repositories that are kept; the one that was used longest ago goes first. */
        @WithDefault("50")
        int maxRepositories();

        /** Largest size of one fetched repository, in bytes, so that one request cannot fill the disk. */
        @WithDefault("536870912")
        long maxRepositoryBytes();
    }

    /** Settings of the long poll on a run, and of the stream of its events. */
    interface LongPoll {
        /** Longest wait that a caller may ask for; proxies commonly cut a silent connection after 60 seconds. */
        @WithDefault("60s")
        Duration maxWait();

        /** How often a waiting call looks by itself, for changes that another instance of the planner made. */
        @WithDefault("1s")
        Duration lookEvery();

        /**
         * How long a stream of events may be silent before a comment keeps it alive; proxies commonly cut a silent
         * connection after 60 seconds, and some after 30.
         */
        @WithDefault("15s")
        Duration keepAlive();

        /**
         * How many calls and streams may wait at once. The next calls are answered at once with what is known, the next
         * streams are refused with 503.
         */
        @WithDefault("1000")
        int maxWaiting();
    }
}
