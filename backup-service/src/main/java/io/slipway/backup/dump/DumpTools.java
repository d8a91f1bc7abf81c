package io.slipway.backup.dump;

import io.slipway.backup.BackupConfig;
import io.slipway.backup.dump.DumpOutcome.Refused;
import io.slipway.targets.program.BoundedText;
import io.slipway.targets.program.ChildProcesses;
import io.slipway.targets.program.ToolFinder;
import io.slipway.targets.program.ToolVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The {@code pg_dump} of this machine. Asked for its version once per file, and again when the file has changed. */
@ApplicationScoped
class DumpTools {
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(10);

    private final BackupConfig config;
    private final ChildProcesses children;
    private volatile @Nullable Known known;

    private record Known(Path program, FileTime changed, DumpTool tool) {}

    DumpTools(BackupConfig config, ChildProcesses children) {
        this.config = config;
        this.children = children;
    }

    DumpTool current() throws RefusedDump, InterruptedException {
        try {
            Path program = program();
            FileTime changed = Files.getLastModifiedTime(program);
            Known last = known;
            if (last != null && last.program().equals(program) && last.changed().equals(changed)) {
                return last.tool();
            }
            DumpTool tool = ask(program);
            known = new Known(program, changed, tool);
            return tool;
        } catch (IOException | TimeoutException e) {
            throw missing("pg_dump cannot be run: " + e.getMessage());
        }
    }

    private Path program() throws IOException, RefusedDump {
        if (config.pgDump().isPresent()) {
            Path configured = config.pgDump().get();
            if (!Files.isExecutable(configured)) {
                throw missing("slipway.backup.pg-dump names '%s', which is no program.".formatted(configured));
            }
            return configured;
        }
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return ToolFinder.onPath(path, ToolFinder.DEBIAN)
                .orElseThrow(() -> missing("There is no pg_dump on the PATH of the backup service."));
    }

    private DumpTool ask(Path program) throws IOException, InterruptedException, TimeoutException, RefusedDump {
        BoundedText printed = new BoundedText();
        ChildProcesses.Ended ended =
                children.run(List.of(program.toString(), "--version"), Map.of(), VERSION_TIMEOUT, printed::addLine);
        String version = printed.text().lines().findFirst().orElse("").strip();
        OptionalInt major = ToolVersion.major(version);
        if (!ended.succeeded() || major.isEmpty()) {
            throw missing("'%s --version' should print PostgreSQL's version, but ended with exit code %d and '%s'."
                    .formatted(program, ended.exit(), version));
        }
        Path restore = config.pgRestore().orElseGet(() -> program.resolveSibling("pg_restore"));
        return new DumpTool(program, restore, version, major.getAsInt());
    }

    private static RefusedDump missing(String message) {
        return new RefusedDump(Refused.lasting("PG_DUMP_MISSING", message, ToolRemedy.INSTALL));
    }
}
