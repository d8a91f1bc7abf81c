package io.slipway.backup.dump;

import io.slipway.backup.dump.DumpOutcome.Refused;
import io.slipway.targets.program.ChildProcesses;
import io.slipway.targets.program.ChildProcesses.Ended;
import io.slipway.targets.program.Said;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a dump back from the disk: its checksum, and its table of contents with {@code pg_restore}. */
@ApplicationScoped
class DumpReading {
    private static final int BUFFER = 256 * 1024;

    private final ChildProcesses children;

    /** What was read. */
    record Read(String sha256, int entries) {}

    DumpReading(ChildProcesses children) {
        this.children = children;
    }

    /** Checksum, table of contents and the sync to disk run side by side: each is slow for a reason of its own. */
    Read read(DumpTool tool, Path file, Duration timeout) throws IOException, InterruptedException, RefusedDump {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("dump-reading-", 0).factory())) {
            Future<String> sha = threads.submit(() -> sha256(file));
            Future<?> synced = threads.submit(() -> {
                DumpFile.sync(file);
                return file;
            });
            int entries = entries(tool, file, timeout);
            synced.get();
            return new Read(sha.get(), entries);
        } catch (ExecutionException e) {
            throw new IOException("The dump cannot be read back: " + e.getCause(), e);
        }
    }

    private int entries(DumpTool tool, Path file, Duration timeout)
            throws IOException, InterruptedException, RefusedDump {
        try {
            return count(tool, file, timeout);
        } catch (TimeoutException e) {
            throw new RefusedDump(Refused.passing(
                    "DUMP_TIMEOUT", String.valueOf(e.getMessage()), "Check the disk of the backup directory."));
        }
    }

    private int count(DumpTool tool, Path file, Duration timeout)
            throws IOException, InterruptedException, RefusedDump, TimeoutException {
        AtomicInteger entries = new AtomicInteger();
        Ended ended = children.run(
                List.of(tool.pgRestore().toString(), "--list", file.toString()), Map.of(), timeout, line -> {
                    if (isEntry(line)) {
                        entries.incrementAndGet();
                    }
                });
        if (!ended.succeeded()) {
            throw new RefusedDump(Refused.passing(
                    "DUMP_UNREADABLE",
                    "pg_restore cannot read the dump back: " + Said.excerpt(ended.stderr(), Map.of()),
                    "Check the disk of the backup directory, and that pg_restore is not older than pg_dump."));
        }
        return entries.get();
    }

    /** Comments begin with a semicolon. */
    static boolean isEntry(String line) {
        return !line.isBlank() && line.charAt(0) != ';';
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
