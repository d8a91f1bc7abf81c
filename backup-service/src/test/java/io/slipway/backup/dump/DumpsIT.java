package io.slipway.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.backup.BackupConfigFixture;
import io.slipway.backup.dump.DumpOutcome.Dumped;
import io.slipway.backup.dump.DumpOutcome.Refused;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.SharedServers;
import io.slipway.targets.Target;
import io.slipway.targets.Targets;
import io.slipway.targets.pool.TargetPools;
import io.slipway.targets.program.ChildProcesses;
import io.slipway.targets.program.ToolFinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code pg_dump} against a real server; scripts stand in only for programs that this machine does not have. */
class DumpsIT {
    private static final String ID = "0d9ee9d6-run";

    private final Database database = SharedServers.freshDatabase("dumped");
    private final Target target = TargetFixture.of("shop", database);
    private final Map<String, String> settings = new HashMap<>();

    @TempDir
    Path folder;

    private TargetPools pools = new TargetPools(new Targets(List.of(target)));

    @BeforeEach
    void fillTheDatabase() throws SQLException {
        settings.put("slipway.backup.directory", folder.resolve("backups").toString());
        execute("""
                CREATE SCHEMA shop;
                CREATE TYPE shop.state AS ENUM ('open', 'paid');
                CREATE TABLE shop.orders (id bigint PRIMARY KEY, state shop.state NOT NULL DEFAULT 'open', note text);
                CREATE INDEX orders_open ON shop.orders (id) WHERE state = 'open';
                CREATE VIEW shop.paid AS SELECT id FROM shop.orders WHERE state = 'paid';
                INSERT INTO shop.orders (id, note) SELECT i, repeat('x', 100) FROM generate_series(1, 1000) i;
                """);
    }

    @AfterEach
    void close() {
        pools.close();
    }

    @Test
    void makesADumpFromWhichTheSameDatabaseComesBack() throws Exception {
        // When
        Dumped dumped = (Dumped) dumps().take(target, ID);

        // Then
        Database restored = SharedServers.freshDatabase("restored");
        run(
                restored,
                "pg_restore",
                "--no-password",
                "--exit-on-error",
                "--dbname=" + restored.name(),
                dumped.file().toString());
        assertThat(schema(restored)).isEqualTo(schema(database));
        try (var connection = restored.dataSource().getConnection();
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM shop.orders")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1000);
        }
    }

    @Test
    void tellsTheTruthAboutTheFile() throws Exception {
        // When
        Dumped dumped = (Dumped) dumps().take(target, ID);

        // Then
        assertThat(dumped.file().getFileName().toString()).matches("\\d{8}T\\d{9}Z-" + ID + "\\.dump");
        assertThat(dumped.file()).hasSize(dumped.sizeBytes());
        assertThat(run(database, "sha256sum", dumped.file().toString())).startsWith(dumped.sha256());
        assertThat(dumped.entries()).isGreaterThanOrEqualTo(6);
        assertThat(dumped.tool()).startsWith("pg_dump (PostgreSQL)");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dumped.file())))
                .isEqualTo("rw-------");
        assertThat(files()).containsExactly(dumped.file());
    }

    @Test
    void refusesAPgDumpThatIsOlderThanTheServer() {
        // Given
        settings.put(
                "slipway.backup.pg-dump",
                script("echo 'pg_dump (PostgreSQL) 9.6.1'").toString());

        // When
        Refused refused = refused();

        // Then
        assertThat(refused.failure().code()).isEqualTo("PG_DUMP_TOO_OLD");
        assertThat(refused.failure().message()).contains("PostgreSQL 15", "9.6.1");
        assertThat(refused.lasting()).isTrue();
    }

    @Test
    void looksAgainWhenPgDumpWasReplaced() {
        // Given
        Path program = script("echo 'pg_dump (PostgreSQL) 9.6.1'");
        settings.put("slipway.backup.pg-dump", program.toString());
        Dumps dumps = dumps();
        assertThat(take(dumps)).isInstanceOf(Refused.class);

        // When
        write(program, delegating(""));
        assertThat(program.toFile().setLastModified(System.currentTimeMillis() + 5_000))
                .isTrue();
        settings.put("slipway.backup.pg-restore", real("pg_restore").toString());

        // Then
        assertThat(((Refused) take(dumps)).failure().code()).isEqualTo("PG_RESTORE_MISSING");
        assertThat(take(dumps())).isInstanceOf(Dumped.class);
    }

    @Test
    void saysThatPgDumpIsMissing() {
        // Given
        settings.put("slipway.backup.pg-dump", folder.resolve("nowhere/pg_dump").toString());

        // When
        Refused refused = refused();

        // Then
        assertThat(refused.failure().code()).isEqualTo("PG_DUMP_MISSING");
        assertThat(refused.failure().message()).contains("slipway.backup.pg-dump", "nowhere");
        assertThat(refused.lasting()).isTrue();
    }

    @Test
    void refusesAWrongPasswordAtOnceAndKeepsItToItself() throws Exception {
        // Given
        var wrong = new Database(database.host(), database.port(), database.name(), database.user(), "not-this-one");
        Target shop = TargetFixture.of("shop", wrong);
        pools = new TargetPools(new Targets(List.of(shop)));

        // When
        Refused refused = (Refused) dumps().take(shop, ID);

        // Then
        assertThat(refused.failure().code()).isEqualTo("TARGET_AUTHENTICATION_FAILED");
        assertThat(refused.lasting()).isTrue();
        assertThat(refused.failure().toString()).doesNotContain("not-this-one");
    }

    @Test
    void givesUpOnALockAndTriesAgainLater() throws Exception {
        // Given
        settings.put("slipway.backup.lock-wait-timeout", "200ms");
        try (Connection other = database.dataSource().getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE shop.orders IN ACCESS EXCLUSIVE MODE");

            // When
            Refused refused = refused();

            // Then
            assertThat(refused.failure().code()).isEqualTo("LOCK_TIMEOUT");
            assertThat(refused.lasting()).isFalse();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void refusesToFillTheDisk() {
        // Given
        settings.put("slipway.backup.space-factor", "1e12");

        // When
        Refused refused = refused();

        // Then
        assertThat(refused.failure().code()).isEqualTo("DISK_FULL");
        assertThat(refused.lasting()).isFalse();
        assertThat(files()).isEmpty();
    }

    @Test
    void stopsADumpThatTakesTooLong() {
        // Given
        settings.put("slipway.backup.pg-dump", script(fifteen("exec sleep 600")).toString());
        settings.put("slipway.backup.pg-restore", real("pg_restore").toString());
        settings.put("slipway.backup.timeout", "300ms");

        // When
        Refused refused = refused();

        // Then
        assertThat(refused.failure().code()).isEqualTo("DUMP_TIMEOUT");
        assertThat(files()).isEmpty();
        assertThat(running("sleep 600")).isEmpty();
    }

    @Test
    void stopsADumpThatGrowsTooLarge() {
        // Given
        String growing = """
                for a; do case $a in --file=*) head -c 2M /dev/zero > ${a#--file=} ;; esac; done
                exec sleep 601""";
        settings.put("slipway.backup.pg-dump", script(fifteen(growing)).toString());
        settings.put("slipway.backup.pg-restore", real("pg_restore").toString());
        settings.put("slipway.backup.max-size", "1M");

        // When
        Refused refused = refused();

        // Then
        assertThat(refused.failure().code()).isEqualTo("DUMP_TOO_LARGE");
        assertThat(refused.lasting()).isTrue();
        assertThat(files()).isEmpty();
        assertThat(running("sleep 601")).isEmpty();
    }

    @Test
    void refusesADumpThatCannotBeReadBack() {
        // Given
        String truncating = "for a; do case $a in --file=*) echo PGDMP > ${a#--file=} ; esac; done";
        settings.put("slipway.backup.pg-dump", script(fifteen(truncating)).toString());
        settings.put("slipway.backup.pg-restore", real("pg_restore").toString());

        // When
        Refused refused = refused();

        // Then
        assertThat(refused.failure().code()).isEqualTo("DUMP_UNREADABLE");
        assertThat(files()).isEmpty();
    }

    @Test
    void findsACompressionThatTheProgramWasBuiltWith() {
        // Given
        String picky = """
                case "$*" in
                  --version) echo 'pg_dump (PostgreSQL) 17.2'; exit ;;
                  *zstd*|*lz4*) echo 'pg_dump: error: this build does not support compression with that' >&2; exit 1 ;;
                esac
                """;
        settings.put("slipway.backup.pg-dump", script(delegating(picky)).toString());
        settings.put("slipway.backup.pg-restore", real("pg_restore").toString());

        // When
        DumpOutcome outcome = take(dumps());

        // Then
        assertThat(outcome).isInstanceOf(Dumped.class);
        assertThat(files()).hasSize(1);
    }

    @Test
    void startsOverAfterAKilledAttempt() throws Exception {
        // Given
        Path leftover = folder.resolve("backups/shop/20200101T000000000Z-" + ID + ".dump.part");
        Path other = folder.resolve("backups/shop/20200101T000000000Z-other.dump.part");
        Files.createDirectories(leftover.getParent());
        Files.writeString(leftover, "half");
        Files.writeString(other, "of someone else");
        Process orphan =
                new ProcessBuilder("sh", "-c", "while :; do sleep 0.2; done", "pg_dump", "--file=" + leftover).start();
        try {
            // When
            Dumped dumped = (Dumped) dumps().take(target, ID);

            // Then
            await().untilAsserted(() -> assertThat(orphan.isAlive()).isFalse());
            assertThat(files()).containsExactlyInAnyOrder(dumped.file(), other);
        } finally {
            orphan.destroyForcibly();
        }
    }

    private Dumps dumps() {
        var config = BackupConfigFixture.of(settings);
        var children = new ChildProcesses();
        return new Dumps(
                config,
                new DumpTools(config, children),
                new DumpTarget(pools),
                new DumpReading(children),
                new Compressions(),
                children);
    }

    private DumpOutcome take(Dumps dumps) {
        try {
            return dumps.take(target, ID);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Refused refused() {
        return (Refused) take(dumps());
    }

    private List<Path> files() {
        if (!Files.exists(folder.resolve("backups"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder.resolve("backups"))) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path script(String body) {
        Path program = folder.resolve("pg_dump");
        write(program, body);
        return program;
    }

    private static void write(Path program, String body) {
        try {
            Files.writeString(program, "#!/bin/sh\n" + body + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private static String fifteen(String body) {
        return "if [ \"$1\" = --version ]; then echo 'pg_dump (PostgreSQL) 15.1'; exit; fi\n" + body;
    }

    private static String delegating(String before) {
        return before + "exec " + real("pg_dump") + " \"$@\"";
    }

    private static Path real(String program) {
        try {
            return ToolFinder.onPath(System.getenv("PATH"), ToolFinder.DEBIAN)
                    .orElseThrow()
                    .resolveSibling(program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ProcessHandle> running(String command) {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").endsWith(command))
                .toList();
    }

    private String schema(Database of) throws Exception {
        // Every dump is wrapped in a key of its own.
        return run(of, "pg_dump", "--schema-only", "--no-password").replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }

    private static String run(Database database, String... commandLine) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(commandLine).redirectErrorStream(true);
        builder.environment().putAll(TargetFixture.of("any", database).libpqEnvironment());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
