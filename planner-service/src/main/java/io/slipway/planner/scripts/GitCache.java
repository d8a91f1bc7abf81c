package io.slipway.planner.scripts;

import io.slipway.planner.PlannerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jboss.logging.Logger;

/** A bare repository for each that was fetched from. Losing them costs time and nothing else. */
final class GitCache {
    private static final Logger LOG = Logger.getLogger(GitCache.class);
    private static final String LOCK = ".lock";
    private static final int STRIPES = 64;

    private final PlannerConfig.GitCache config;
    private final List<ReentrantLock> stripes =
            IntStream.range(0, STRIPES).mapToObj(_ -> new ReentrantLock()).toList();

    GitCache(PlannerConfig.GitCache config) {
        this.config = config;
    }

    /**
     * Work on a repository of the cache.
     *
     * @param <T> its result
     */
    interface Use<T> {
        /**
         * @throws IOException when the cached repository is not as it should be
         */
        T of(Repository repository) throws Unreadable, IOException;
    }

    Path directory() {
        return config.directory().toAbsolutePath();
    }

    /** One caller at a time for each repository, also among planners that share the directory. */
    <T> T use(RepositoryUrl url, Use<T> use) throws Unreadable {
        Path repository = directory().resolve(sha256(url.text()));
        ReentrantLock stripe = stripe(repository);
        stripe.lock();
        try {
            makeDirectory();
            Path lock = lockOf(repository);
            try (FileChannel channel = open(lock);
                    FileLock _ = channel.lock()) {
                Files.setLastModifiedTime(lock, FileTime.from(Instant.now()));
                return tryTwice(repository, use);
            }
        } catch (GitRefusal.Unclear e) {
            throw e.settled();
        } catch (IOException e) {
            throw new Unreadable(
                    "GIT_CACHE_UNUSABLE",
                    "The planner cannot keep repositories in '%s': %s.".formatted(directory(), e),
                    "Set 'slipway.planner.git-cache.directory' to a directory of the planner's user with room.",
                    e);
        } finally {
            stripe.unlock();
        }
    }

    /** A cached repository that does not work is made anew, once. */
    private <T> T tryTwice(Path repository, Use<T> use) throws IOException, Unreadable {
        boolean cached = Files.exists(repository);
        try {
            return useOnce(repository, use);
        } catch (IOException | RuntimeException e) {
            delete(repository);
            if (!cached) {
                throw e;
            }
            LOG.warnf(e, "A cached repository was broken and is fetched anew; directory=%s", repository);
            return useOnce(repository, use);
        }
    }

    private <T> T useOnce(Path directory, Use<T> use) throws IOException, Unreadable {
        if (!Files.exists(directory)) {
            makeRoom();
        }
        boolean tooLarge = false;
        try (Repository repository = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build()) {
            if (!Files.exists(directory)) {
                repository.create(true);
            }
            stayOnTheHost(repository.getConfig());
            return use.of(repository);
        } catch (Unreadable e) {
            tooLarge = e.failure().code().equals(GitRefusal.TOO_LARGE); // even if little is left of it
            throw e;
        } finally {
            if (Files.exists(directory) && (tooLarge || size(directory) > config.maxRepositoryBytes())) {
                delete(directory);
            }
        }
    }

    /** A redirect could lead credentials to another host. Looked at each time, since a crash may have come between. */
    private static void stayOnTheHost(StoredConfig settings) throws IOException {
        if (!"false".equals(settings.getString("http", null, "followRedirects"))) {
            settings.setString("http", null, "followRedirects", "false");
            settings.save();
        }
    }

    /** Someone else's directory in a place where everyone may write would decide what the planner reads. */
    private void makeDirectory() throws IOException {
        if (!Files.isDirectory(directory())) {
            Files.createDirectories(
                    directory(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path probe = Files.createTempFile(directory(), "probe", ".tmp");
        boolean ours = Files.getOwner(probe).equals(Files.getOwner(directory()));
        Files.delete(probe);
        if (!ours) {
            throw new IOException("the directory belongs to another user");
        }
        Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwx------"));
    }

    private void makeRoom() throws IOException {
        List<Path> kept;
        try (Stream<Path> entries = Files.list(directory())) {
            kept = entries.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(GitCache::lastUsed))
                    .toList();
        }
        for (Path old : kept.subList(0, Math.max(0, kept.size() - config.maxRepositories() + 1))) {
            ReentrantLock stripe = stripe(old);
            if (stripe.tryLock()) {
                try {
                    deleteUnlessUsed(old);
                } finally {
                    stripe.unlock();
                }
            }
        }
    }

    /** Lock files stay: one that is deleted while another planner waits for it would lock nothing any more. */
    private static void deleteUnlessUsed(Path old) throws IOException {
        try (FileChannel channel = open(lockOf(old));
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                delete(old);
            }
        }
    }

    private ReentrantLock stripe(Path repository) {
        return stripes.get(Math.floorMod(repository.hashCode(), STRIPES));
    }

    private static FileTime lastUsed(Path repository) {
        try {
            return Files.getLastModifiedTime(lockOf(repository));
        } catch (IOException e) {
            return FileTime.fromMillis(0); // without a lock file nobody uses it
        }
    }

    private static FileChannel open(Path lock) throws IOException {
        return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Path lockOf(Path repository) {
        return repository.resolveSibling(repository.getFileName() + LOCK);
    }

    static long size(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(Path::toFile)
                    .filter(java.io.File::isFile)
                    .mapToLong(java.io.File::length)
                    .sum();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
