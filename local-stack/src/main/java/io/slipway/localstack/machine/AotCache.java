package io.slipway.localstack.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The classes of a program, loaded and linked ahead of time (JEP 483), from which each later start of the same jars
 * begins. One run records what it loads when it ends in order; another JVM makes the cache of that, without running the
 * program. The JVM checks the cache against its jars and goes on without one that does not fit, so that it can only ever
 * cost time.
 *
 * @param file    the cache, whether it exists yet or not
 * @param jar     the program
 * @param options the JVM options that the program runs with; a cache is bound to some of them, such as the collector
 */
public record AotCache(Path file, Path jar, List<String> options) {

    /** Ten times what the largest service takes on two busy cores. */
    private static final Duration MAKING = Duration.ofSeconds(120);

    private static final String SUFFIX = ".aot";

    /** What the JVM has to say about caches is of no interest to who reads a program's log. */
    private static final List<String> QUIET = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

    public AotCache {
        options = List.copyOf(options);
    }

    /** The cache of a program whose jars are all in the folder of its main jar or below; it is kept beside that folder. */
    public static AotCache of(Path jar, List<String> options) {
        var folder = jar.toAbsolutePath().resolveSibling("");
        var fingerprint = Fingerprint.of(jarsIn(folder), options).text();
        return new AotCache(folder.resolveSibling(folder.getFileName() + "-" + fingerprint + SUFFIX), jar, options);
    }

    private static List<Path> jarsIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /** The JVM options that begin from the cache. */
    public List<String> use() {
        return Stream.concat(Stream.of("-XX:AOTCache=" + file), QUIET.stream()).toList();
    }

    /** The JVM options that record into the scratch folder; the end takes some seconds longer. */
    public List<String> record(Path scratch) {
        return Stream.concat(
                        Stream.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording(scratch)), QUIET.stream())
                .toList();
    }

    /**
     * Makes the cache of what a run has recorded; without a recording, as when the run was killed, it does nothing.
     *
     * @throws ProcessFailed when the JVM cannot make it
     */
    public void make(Path scratch) {
        var recording = recording(scratch);
        if (!Files.exists(recording)) {
            return;
        }
        var made = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = Stream.of(
                        List.of(
                                java,
                                "-XX:AOTMode=create",
                                "-XX:AOTConfiguration=" + recording,
                                "-XX:AOTCache=" + made),
                        QUIET,
                        options,
                        List.of("-jar", jar.toString()))
                .flatMap(List::stream)
                .toList();
        LoggedProcess.run("The cache of " + jar, command, Map.of(), scratch.resolve("cache.log"), MAKING);
        keep(made);
        delete(recording);
    }

    /** A move, so that another JVM never reads half of it; then those of former builds go, which are large. */
    private void keep(Path made) {
        try {
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
                files.filter(other -> other.toString().contains(SUFFIX) && !other.equals(file))
                        .forEach(AotCache::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep " + made + " as " + file, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }

    private static Path recording(Path scratch) {
        return scratch.resolve("classes.aotconf");
    }
}
