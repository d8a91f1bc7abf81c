package io.slipway.localstack.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A child process whose output goes to a log file, from which a failure is told. */
public final class LoggedProcess {

    /** Lines of the log that a failure shows. */
    private static final int TAIL = 30;

    private static final long MAX_LOG_BYTES = 10L * 1024 * 1024;
    private static final Duration POLL = Duration.ofMillis(50);

    private static final Optional<Path> SETSID = Stream.of("/usr/bin/setsid", "/bin/setsid")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();

    private final String name;
    private final Process process;
    private final Path log;

    private LoggedProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts the command in the folder of its log, to which its output is appended. */
    public static LoggedProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
        var folder = log.toAbsolutePath().resolveSibling("");
        var builder = new ProcessBuilder(inSessionOfItsOwn(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Folders.create(folder);
            setAside(log);
            return new LoggedProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name + " with " + command.getFirst(), e);
        }
    }

    /**
     * Ctrl-C goes to all processes of the terminal's group at once; a session of their own lets the children be stopped
     * in order. Where there is no {@code setsid}, such as on macOS, they just stop all together.
     */
    private static List<String> inSessionOfItsOwn(List<String> command) {
        return Stream.concat(SETSID.stream().map(Path::toString), command.stream())
                .toList();
    }

    /** Keeps one former log, so that a stack that is used for months does not fill the disk. */
    private static void setAside(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Runs the command to its end and fails when it did not end well in time. */
    public static void run(
            String name, List<String> command, Map<String, String> environment, Path log, Duration most) {
        var run = start(name, command, environment, log);
        if (!run.endsWithin(most)) {
            run.kill();
            throw run.failure("took longer than " + most.toSeconds() + " s");
        }
        if (run.process.exitValue() != 0) {
            throw run.failure("ended with exit code " + run.process.exitValue());
        }
    }

    /** Waits until the probe says yes; fails as soon as the process has ended, or when the time is over. */
    public void awaitReady(Probe probe, Duration most) {
        var deadline = System.nanoTime() + most.toNanos();
        while (!probe.answers()) {
            failIfEnded();
            if (System.nanoTime() > deadline) {
                throw failure("was not ready after " + most.toSeconds() + " s");
            }
            endsWithin(POLL);
        }
    }

    /** For a caller that waits in a way of its own. */
    public void failIfEnded() {
        if (!process.isAlive()) {
            throw failure("ended with exit code " + process.exitValue() + " before it was ready");
        }
    }

    /** Whether a server answers. */
    @FunctionalInterface
    public interface Probe {
        boolean answers();
    }

    public ProcessFailed failure(String what) {
        return new ProcessFailed(name + " " + what + ". The end of " + log + ":\n" + String.join("\n", tail()));
    }

    /** The last lines of the log. */
    public List<String> tail() {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            var all = lines.toList();
            return all.subList(Math.max(0, all.size() - TAIL), all.size());
        } catch (IOException e) {
            return List.of("(the log cannot be read: " + e.getMessage() + ")");
        }
    }

    /** Asks the process to end, and ends it by force when it has not after the given time. */
    public void stop(Duration patience) {
        process.destroy();
        if (!endsWithin(patience)) {
            kill();
        }
    }

    /** SIGKILL to the process and all its descendants; returns when they are gone. */
    public void kill() {
        Kill.all(Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList());
    }

    public boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name, e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public Instant startedAt() {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }
}
