package io.slipway.localstack.server;

import io.slipway.localstack.machine.Folders;
import io.slipway.localstack.machine.FreePorts;
import io.slipway.localstack.machine.LoggedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL as a child process, from the programs that the build brings. */
final class PostgresProcess implements PostgresServer {

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(20);

    private final PostgresConfig config;
    private final PostgresBinaries binaries;
    private final int port;
    private LoggedProcess process;

    private PostgresProcess(PostgresConfig config, PostgresBinaries binaries, int port, LoggedProcess process) {
        this.config = config;
        this.binaries = binaries;
        this.port = port;
        this.process = process;
    }

    static PostgresProcess start(PostgresConfig config) {
        var binaries = PostgresBinaries.unpack();
        var port = FreePorts.orNext(config.port());
        Folders.create(config.data());
        if (!Files.exists(cluster(config).resolve("PG_VERSION"))) {
            initialize(config, binaries);
        }
        return new PostgresProcess(config, binaries, port, launch(config, binaries, port));
    }

    private static Path cluster(PostgresConfig config) {
        return config.data().resolve("cluster");
    }

    private static Path log(PostgresConfig config) {
        return config.data().resolve("postgresql.log");
    }

    private static void initialize(PostgresConfig config, PostgresBinaries binaries) {
        var passwordFile = config.data().resolve("password");
        try {
            Files.writeString(passwordFile, PASSWORD);
            var command = new ArrayList<>(List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + cluster(config),
                    "--username=" + USER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C"));
            if (config.ephemeral()) {
                command.add("--no-sync");
            }
            LoggedProcess.run("initdb", PostgresUser.command(command), Map.of(), log(config), START);
            Files.delete(passwordFile);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot initialize PostgreSQL in " + config.data(), e);
        }
    }

    private static LoggedProcess launch(PostgresConfig config, PostgresBinaries binaries, int port) {
        StalePidFile.clear(cluster(config), binaries, log(config));
        var command = new ArrayList<>(List.of(
                binaries.program("postgres").toString(),
                "-D",
                cluster(config).toString(),
                "-p",
                Integer.toString(port)));
        settings(config).forEach((key, value) -> command.addAll(List.of("-c", key + "=" + value)));
        var process = LoggedProcess.start("PostgreSQL", PostgresUser.command(command), Map.of(), log(config));
        try {
            process.awaitReady(() -> answers(port), START);
            return process;
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    private static Map<String, String> settings(PostgresConfig config) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "300");
        settings.put("timezone", "UTC");
        if (config.ephemeral()) {
            // The operating system keeps what was written; commits must still be written, because tests kill the
            // server.
            settings.put("fsync", "off");
            settings.put("full_page_writes", "off");
        }
        settings.putAll(config.settings());
        return settings;
    }

    private static boolean answers(int port) {
        var source = new Database("127.0.0.1", port, "postgres", USER, PASSWORD).dataSource();
        source.setConnectTimeout(2);
        source.setSocketTimeout(5);
        try (var connection = source.getConnection()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public Optional<ProcessHandle> handle() {
        return Optional.of(process.handle());
    }

    @Override
    public List<String> logTail() {
        return process.tail();
    }

    @Override
    public void stop() {
        shutDown();
        if (config.ephemeral()) {
            Folders.delete(config.data());
        }
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void restart() {
        shutDown();
        process = launch(config, binaries, port);
    }

    /** SIGTERM would wait for the clients to leave; {@code fast} sends them away. An ephemeral server just drops all. */
    private void shutDown() {
        if (!process.isAlive()) {
            return;
        }
        var mode = config.ephemeral() ? "immediate" : "fast";
        var command = List.of(
                binaries.program("pg_ctl").toString(),
                "stop",
                "-D",
                cluster(config).toString(),
                "-m",
                mode,
                "-W");
        LoggedProcess.run("pg_ctl", PostgresUser.command(command), Map.of(), log(config), STOP);
        if (!process.endsWithin(STOP)) {
            process.kill();
        }
    }
}
