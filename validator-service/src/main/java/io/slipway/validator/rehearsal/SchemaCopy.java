package io.slipway.validator.rehearsal;

import io.slipway.targets.ConnectionSettings;
import io.slipway.targets.program.ChildProcesses;
import io.slipway.targets.program.Said;
import io.slipway.targets.program.ToolFinder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Copies schemas from one database to another, and writes them down, with {@code pg_dump} and {@code pg_restore}. */
@ApplicationScoped
class SchemaCopy {
    /** Where PostgreSQL quotes the row that breaks a constraint. */
    private static final Pattern ROW_QUOTED = Pattern.compile("(?m)^(DETAIL|CONTEXT):.*$");

    private final RehearsalConfig config;
    private final ChildProcesses children;

    SchemaCopy(RehearsalConfig config, ChildProcesses children) {
        this.config = config;
        this.children = children;
    }

    /** Fills tables that have neither keys nor triggers yet. */
    interface Filling<T> {
        T fill() throws NotRehearsed, SQLException;
    }

    /** All of the schema but owners and privileges: their roles need not exist on the other server. */
    void copy(ConnectionSettings from, ConnectionSettings to, Duration timeout)
            throws NotRehearsed, InterruptedException {
        Path file = temporary();
        try {
            dump(from, file, timeout);
            restore(file, to, timeout, List.of());
        } finally {
            delete(file);
        }
    }

    /** {@link #copy(ConnectionSettings, ConnectionSettings, Duration)} with rows. */
    <T> T copy(ConnectionSettings from, ConnectionSettings to, Duration timeout, Filling<T> filling)
            throws NotRehearsed, InterruptedException, SQLException {
        Path file = temporary();
        try {
            dump(from, file, timeout);
            restore(file, to, timeout, List.of("--section=pre-data"));
            T filled = filling.fill();
            restore(file, to, timeout, List.of("--section=post-data"));
            return filled;
        } finally {
            delete(file);
        }
    }

    private void dump(ConnectionSettings from, Path file, Duration timeout) throws NotRehearsed, InterruptedException {
        run(
                List.of(pgDump().toString(), "--format=custom", "--schema-only", "--no-password", "--file=" + file),
                from,
                timeout,
                line -> {});
    }

    private void restore(Path file, ConnectionSettings to, Duration timeout, List<String> sections)
            throws NotRehearsed, InterruptedException {
        List<String> commandLine = new ArrayList<>(List.of(
                pgDump().resolveSibling("pg_restore").toString(),
                "--no-owner",
                "--no-privileges",
                "--exit-on-error",
                "--no-password",
                "--dbname=" + to.database()));
        commandLine.addAll(sections);
        commandLine.add(file.toString());
        run(commandLine, to, timeout, line -> {});
    }

    /** The schema as text, without what differs from one dump of the same schema to the next. */
    String describe(ConnectionSettings database, Duration timeout) throws NotRehearsed, InterruptedException {
        StringBuffer schema = new StringBuffer();
        run(
                List.of(pgDump().toString(), "--schema-only", "--no-owner", "--no-privileges", "--no-password"),
                database,
                timeout,
                line -> {
                    if (!line.isBlank() && !line.startsWith("--") && !line.startsWith("\\")) {
                        schema.append(line).append('\n');
                    }
                });
        return schema.toString();
    }

    private void run(List<String> commandLine, ConnectionSettings database, Duration timeout, Consumer<String> lines)
            throws NotRehearsed, InterruptedException {
        Map<String, String> environment = database.libpqEnvironment();
        try {
            var ended = children.run(commandLine, environment, timeout, lines);
            if (!ended.succeeded()) {
                throw new NotRehearsed("the schema cannot be copied: "
                        + Said.excerpt(ROW_QUOTED.matcher(ended.stderr()).replaceAll(""), environment));
            }
        } catch (IOException | TimeoutException e) {
            throw new NotRehearsed("the schema cannot be copied: " + e.getMessage());
        }
    }

    private Path pgDump() throws NotRehearsed {
        try {
            if (config.pgDump().isPresent()) {
                return config.pgDump().get();
            }
            String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
            return ToolFinder.onPath(path, ToolFinder.DEBIAN)
                    .orElseThrow(
                            () -> new NotRehearsed(
                                    "there is no pg_dump on this machine; install PostgreSQL's client programs or name it with slipway.validator.rehearsal.pg-dump"));
        } catch (IOException e) {
            throw new NotRehearsed("pg_dump cannot be looked for: " + e.getMessage());
        }
    }

    private static Path temporary() throws NotRehearsed {
        try {
            return Files.createTempFile("slipway-schema-", ".dump");
        } catch (IOException e) {
            throw new NotRehearsed("no temporary file can be made for the schema: " + e.getMessage());
        }
    }

    private static void delete(Path file) throws NotRehearsed {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new NotRehearsed("the temporary file of the schema cannot be deleted: " + e.getMessage());
        }
    }
}
