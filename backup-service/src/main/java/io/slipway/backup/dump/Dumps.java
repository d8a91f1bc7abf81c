package io.slipway.backup.dump;

import io.quarkus.runtime.configuration.MemorySize;
import io.slipway.backup.BackupConfig;
import io.slipway.backup.dump.DumpOutcome.Dumped;
import io.slipway.backup.dump.DumpOutcome.Refused;
import io.slipway.backup.dump.DumpTarget.Facts;
import io.slipway.targets.Target;
import io.slipway.targets.program.ChildProcesses;
import io.slipway.targets.program.ChildProcesses.Ended;
import io.slipway.targets.program.ChildProcesses.Watch;
import io.slipway.targets.program.Said;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Makes dumps of targets. */
@ApplicationScoped
public class Dumps {
    private static final Logger LOG = Logger.getLogger(Dumps.class);
    /** pg_restore reads the table of contents only, which takes moments; a hanging disk must not hold the task for ever. */
    private static final Duration READING_TIMEOUT = Duration.ofMinutes(10);

    private final BackupConfig config;
    private final DumpTools tools;
    private final DumpTarget targets;
    private final DumpReading reading;
    private final Compressions compressions;
    private final ChildProcesses children;

    Dumps(
            BackupConfig config,
            DumpTools tools,
            DumpTarget targets,
            DumpReading reading,
            Compressions compressions,
            ChildProcesses children) {
        this.config = config;
        this.tools = tools;
        this.targets = targets;
        this.reading = reading;
        this.compressions = compressions;
        this.children = children;
    }

    /** Asks the program for its version ahead of the first dump. */
    public void warmUp() throws InterruptedException {
        try {
            LOG.infof("Backups are made with %s", tools.current().version());
        } catch (RefusedDump e) {
            LOG.warnf(
                    "Backups will fail: %s %s",
                    e.getMessage(), e.outcome().failure().remedy());
        }
    }

    /**
     * Dumps {@code target} and reads the dump back. What an earlier attempt of the same id left half-written goes first.
     *
     * @param id part of the file's name
     */
    public DumpOutcome take(Target target, String id) throws InterruptedException {
        try {
            DumpTool tool = tools.current();
            Facts facts = targets.look(target);
            requireUsable(tool, facts);
            Path folder = DumpFile.folder(config.directory(), target.id());
            DumpFile file = prepare(folder, id);
            try {
                requireSpace(folder, facts);
                return dump(tool, target, file);
            } finally {
                file.discard();
            }
        } catch (RefusedDump e) {
            return e.outcome();
        } catch (IOException e) {
            return Refused.passing(
                    "BACKUP_IO",
                    "The dump cannot be written or read: " + e.getMessage(),
                    "Check the backup directory.");
        }
    }

    /** The complete dumps of {@code id} on disk, whether anyone knows of them or not. */
    public List<Path> complete(Target target, String id) throws IOException {
        return DumpFile.complete(DumpFile.folder(config.directory(), target.id()), id);
    }

    private Dumped dump(DumpTool tool, Target target, DumpFile file)
            throws IOException, InterruptedException, RefusedDump {
        Instant started = Instant.now();
        run(tool, target, file.part());
        Instant finished = Instant.now();
        DumpReading.Read read = reading.read(tool, file.part(), READING_TIMEOUT);
        long size = Files.size(file.part());
        file.publish();
        return new Dumped(
                file.complete(), size, read.sha256(), read.entries(), tool.version(), started, finished, Instant.now());
    }

    private void run(DumpTool tool, Target target, Path file) throws IOException, InterruptedException, RefusedDump {
        Map<String, String> environment = new HashMap<>(target.libpqEnvironment());
        environment.put("PGAPPNAME", "slipway-backup");
        String compression = compressions.choose(tool, config.compression());
        Ended ended = run(
                new DumpArguments(
                        tool.pgDump(),
                        file,
                        compression,
                        config.lockWaitTimeout(),
                        config.excludeTableData().orElse(List.of())),
                environment);
        if (!ended.stderr().isBlank()) {
            LOG.warnf("pg_dump of %s says: %s", target.id(), Said.withoutSecrets(ended.stderr(), environment));
        }
        if (ended.succeeded()) {
            return;
        }
        if (DumpFailurePolicy.refusesCompression(ended.stderr())
                && compressions.refuse(tool, compression, config.compression())) {
            run(tool, target, file);
            return;
        }
        throw new RefusedDump(
                DumpFailurePolicy.decide(ended.exit(), ended.stderr(), Said.excerpt(ended.stderr(), environment)));
    }

    private Ended run(DumpArguments arguments, Map<String, String> environment)
            throws IOException, InterruptedException, RefusedDump {
        try {
            return children.run(
                    arguments.commandLine(), environment, config.timeout(), line -> {}, sizeWatch(arguments.file()));
        } catch (TimeoutException e) {
            throw new RefusedDump(Refused.passing(
                    "DUMP_TIMEOUT",
                    String.valueOf(e.getMessage()),
                    "Raise slipway.backup.timeout, or leave large tables out with slipway.backup.exclude-table-data."));
        }
    }

    private Watch<RefusedDump> sizeWatch(Path file) {
        if (config.maxSize().isEmpty()) {
            return () -> {};
        }
        MemorySize max = config.maxSize().get();
        return () -> {
            if (file.toFile().length() > max.asLongValue()) {
                throw new RefusedDump(Refused.lasting(
                        "DUMP_TOO_LARGE",
                        "The dump grew beyond %d bytes (slipway.backup.max-size) and was stopped."
                                .formatted(max.asLongValue()),
                        "Raise slipway.backup.max-size, or leave tables out with slipway.backup.exclude-table-data."));
            }
        };
    }

    private static DumpFile prepare(Path folder, String id) throws RefusedDump {
        try {
            for (Path leftover : DumpFile.leftovers(folder, id)) {
                ChildProcesses.endOrphansOf(leftover);
                Files.deleteIfExists(leftover);
            }
            DumpFile file = DumpFile.in(folder, id, Instant.now());
            file.create();
            return file;
        } catch (IOException e) {
            throw new RefusedDump(Refused.lasting(
                    "BACKUP_DIRECTORY_UNUSABLE",
                    "No file can be made in the backup directory: " + e,
                    "Let the backup service's account write to slipway.backup.directory."));
        }
    }

    private static void requireUsable(DumpTool tool, Facts facts) throws RefusedDump {
        if (!tool.fits(facts.major())) {
            throw new RefusedDump(Refused.lasting(
                    "PG_DUMP_TOO_OLD",
                    "The target runs PostgreSQL %d, and '%s' reads servers up to %d only."
                            .formatted(facts.major(), tool.version(), tool.major()),
                    ToolRemedy.INSTALL));
        }
        if (!Files.isExecutable(tool.pgRestore())) {
            throw new RefusedDump(Refused.lasting(
                    "PG_RESTORE_MISSING",
                    "A dump is read back with pg_restore, but '%s' is no program.".formatted(tool.pgRestore()),
                    "Install pg_restore beside pg_dump, or name it with slipway.backup.pg-restore."));
        }
    }

    private void requireSpace(Path folder, Facts facts) throws IOException, RefusedDump {
        long expected = (long) (facts.databaseBytes() * config.spaceFactor());
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (usable < expected) {
            throw new RefusedDump(Refused.passing(
                    "DISK_FULL",
                    "The dump may need %d bytes (database of %d bytes, slipway.backup.space-factor %s), but only %d are free."
                            .formatted(expected, facts.databaseBytes(), config.spaceFactor(), usable),
                    "Free space in the backup directory, or set slipway.backup.directory to another disk."));
        }
    }
}
