package io.slipway.benchmarks.fleet;

import io.slipway.localstack.machine.Folders;
import io.slipway.localstack.server.Database;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.flywaydb.core.Flyway;

/**
 * What one would write without Slipway: Flyway's API in a loop over the databases, in some threads.
 *
 * @param clock of this program and the server of the databases
 */
record FlywaySide(int threads, ProcessorTime clock) {

    Took migrate(List<Database> databases, Project project) {
        var folder = project.folder();
        try (var loop = Executors.newFixedThreadPool(threads)) {
            return Took.by(clock, () -> CompletableFuture.allOf(databases.stream()
                            .map(database -> CompletableFuture.runAsync(
                                    () -> migrate(
                                            database,
                                            "filesystem:" + folder,
                                            project.scripts().size()),
                                    loop))
                            .toArray(CompletableFuture[]::new))
                    .join());
        } finally {
            Folders.delete(folder);
        }
    }

    private static void migrate(Database database, String location, int expected) {
        var done = Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations(location)
                .load()
                .migrate();
        if (done.migrationsExecuted != expected) {
            throw new IllegalStateException("Flyway executed %d of %d migrations on %s"
                    .formatted(done.migrationsExecuted, expected, database.name()));
        }
    }
}
