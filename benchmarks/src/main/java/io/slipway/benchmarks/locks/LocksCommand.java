package io.slipway.benchmarks.locks;

import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.server.PostgresArchive;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway bench locks} */
@Command(
        name = "locks",
        description = "What each statement of statements.txt locks, rewrites and reads on real PostgreSQL servers; "
                + "writes pgNN-locks.jsonl beside it.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class LocksCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--major",
            split = ",",
            defaultValue = "14,15,16,17,18",
            description = "Major versions; default: ${DEFAULT-VALUE}.")
    private List<Integer> majors;

    @Option(
            names = "--folder",
            description = "Where base.sql and statements.txt are; default: the test resources of sql-analysis.")
    private Path folder;

    @Override
    public Integer call() throws IOException, SQLException {
        var checkout = Checkout.locate();
        var where = folder == null ? checkout.root().resolve("sql-analysis/src/test/resources/locks") : folder;
        var base = Files.readString(where.resolve("base.sql"));
        var statements = Files.readAllLines(where.resolve("statements.txt")).stream()
                .filter(line -> !line.isBlank())
                .map(MeasuredStatement::read)
                .toList();
        for (var major : majors) {
            var lines = measure(major, base, statements, checkout);
            var file = where.resolve("pg%d-locks.jsonl".formatted(major));
            Files.write(file, lines);
            spec.commandLine().getOut().printf("%s: %d statements%n", file, lines.size());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private static List<String> measure(int major, String base, List<MeasuredStatement> statements, Checkout checkout)
            throws IOException, SQLException {
        var binaries = PostgresArchive.fetched(major, checkout);
        try (var server = EmbeddedPostgres.builder()
                .setPgBinaryResolver(binaries)
                .setServerConfig("timezone", "UTC")
                .setServerConfig("autovacuum", "off")
                .start()) {
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(base);
                statement.execute("ANALYZE");
            }
            var lines = new ArrayList<String>();
            for (var statement : statements) {
                // A session of its own: settings and caches of one must not reach the next.
                try (var connection = server.getPostgresDatabase().getConnection()) {
                    lines.add(new Measuring(connection).measure(statement));
                }
            }
            return lines;
        }
    }
}
