package io.slipway.benchmarks.fleet;

import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.PostgresConfig;
import io.slipway.localstack.server.PostgresServer;
import io.slipway.localstack.server.Servers;
import io.slipway.localstack.supervise.ServiceFlags;
import io.slipway.localstack.supervise.StackConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The server of the databases of both sides. The executor learns its targets at its start, so that each of its turns has
 * databases of its own, which are made when the turn comes.
 */
record FleetServer(PostgresServer server, int databases, int turns, int atOnce) implements AutoCloseable {

    /**
     * Beside one of the executor to each database of a turn, until its pool lets it go. Not more than are needed: to read the locks of
     * one session PostgreSQL looks through the room that it has for those of all.
     */
    private static final int OTHER_CONNECTIONS = 100;

    static FleetServer start(int databases, int turns, int atOnce) {
        var server = Servers.postgres(PostgresConfig.temporary()
                .with(Map.of("max_connections", Integer.toString(databases + OTHER_CONNECTIONS))));
        // Like the stack's processes, it is in a session of its own, which Ctrl-C does not reach.
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-fleet"));
        return new FleetServer(server, databases, turns, atOnce);
    }

    /** A stack whose executor is started as in production, knows the targets, and lets as many runs at them as the loop has threads. */
    StackConfig register(StackConfig config) {
        var registered = config.withFlags(ServiceFlags.SERVER)
                .withSetting("slipway.executor.runs", Integer.toString(atOnce))
                .withSetting("slipway.executor.runs-per-server", Integer.toString(atOnce));
        for (var turn = 0; turn < turns; turn++) {
            for (var number = 1; number <= databases; number++) {
                registered = register(registered, name("fleet", turn, number));
            }
            registered = register(registered, name("long", turn, 1));
            registered = register(registered, name("wide", turn, 1));
        }
        return registered;
    }

    private StackConfig register(StackConfig config, String name) {
        return config.withTarget(name, server.url(name))
                .withSetting("slipway.targets." + name + ".pool.write.idle-timeout", "10s");
    }

    /** The targets of one turn, with empty databases. */
    List<Database> targets(String what, int turn, int number) {
        return make(IntStream.rangeClosed(1, number)
                .mapToObj(each -> name(what, turn, each))
                .toList());
    }

    /** As many databases that no service knows. */
    List<Database> others(String what, int turn, int number) {
        return make(IntStream.rangeClosed(1, number)
                .mapToObj(each -> "flyway_" + name(what, turn, each))
                .toList());
    }

    /** Waits until the kernel has written what the making of databases, and the turn before, have left it to write. */
    void settle() {
        try {
            new ProcessBuilder("sync").inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("The program 'sync' cannot be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the machine was to come to rest", e);
        }
    }

    /** What a turn leaves behind makes the next one slower: the server looks after every database that it has. */
    void drop(List<Database> done) {
        each(done.stream()
                .map(database -> "DROP DATABASE %s WITH (FORCE)".formatted(database.name()))
                .toList());
    }

    private List<Database> make(List<String> names) {
        each(names.stream()
                .map("CREATE DATABASE %s STRATEGY file_copy"::formatted)
                .toList());
        return names.stream().map(server::database).toList();
    }

    private void each(List<String> statements) {
        try (var connection = server.dataSource("postgres").getConnection();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            throw new IllegalStateException("The databases of a turn cannot be made or dropped", e);
        }
    }

    private static String name(String what, int turn, int number) {
        return String.format(Locale.ROOT, "%s%d_%03d", what, turn, number);
    }

    @Override
    public void close() {
        server.stop();
    }
}
