package io.slipway.benchmarks.latency;

import io.slipway.benchmarks.figures.Benchmark;
import io.slipway.benchmarks.figures.Figure;
import io.slipway.benchmarks.figures.Goal;
import io.slipway.benchmarks.figures.Machine;
import io.slipway.benchmarks.figures.Sample;
import io.slipway.benchmarks.stack.MeasuredStack;
import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.Folders;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.supervise.StackConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./slipway bench latency} */
@Command(
        name = "latency",
        description = "One migration on a small database, from the request to MigrationApplied, beside pg_dump and the "
                + "Flyway command line in turn.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class LatencyCommand extends Benchmark {

    private static final Goal HALF = new Goal(0.5);

    @Option(names = "--runs", defaultValue = "50", description = "Measured runs of each; default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--warm-up",
            defaultValue = "5",
            description = "Runs of each before that, which do not count; default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--rehearse",
            description =
                    "Rehearses each plan on a copy of the schema before it, which the script does not do; default: not.")
    private boolean rehearse;

    @Option(
            names = "--flyway",
            paramLabel = "FOLDER",
            description = "A Flyway command line that is installed here; otherwise one is fetched from Maven Central.")
    private @Nullable Path flyway;

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        if (runs < 1 || warmUp < 0) {
            throw new IllegalArgumentException("--runs must be at least 1, --warm-up at least 0");
        }
        var checkout = Checkout.locate();
        var folder = folder();
        var machine = Machine.here();
        say("looking for the Flyway command line");
        var peer = flyway == null
                ? FlywayCommandLine.fetchedInto(Folders.create(folder.resolve("flyway")), checkout)
                : FlywayCommandLine.installedIn(flyway);
        var measured = measure(peer);
        return report(machine, figures(measured));
    }

    private StackConfig settings(StackConfig config) {
        return rehearse ? config : config.withSetting("slipway.validator.rehearsal.environments", "none");
    }

    /** One run of each side. */
    private record Turn(SlipwayRun slipway, Script.Times script) {}

    private List<Turn> measure(FlywayCommandLine peer) throws IOException, InterruptedException, SQLException {
        var scratch = Folders.temporary("slipway-bench-");
        say("starting the stack");
        try (var measured = MeasuredStack.start(this::settings);
                var slipway = new SlipwayRunner(measured.stack().addresses())) {
            var postgres = measured.stack().postgres();
            var scripts = Folders.create(scratch.resolve("migrations"));
            var twin = postgres.createDatabase("twin");
            var script = new Script(peer, twin, scripts, scratch);
            var project = new SmallDatabase();
            project.writeTo(scripts);
            slipway.run(project.scripts());
            script.run();
            var turns = new ArrayList<Turn>();
            for (var number = 1 - warmUp; number <= runs; number++) {
                project.grow();
                project.writeTo(scripts);
                var turn = new Turn(slipway.run(project.scripts()), script.run());
                say(describe(number, turn));
                if (number > 0) {
                    turns.add(turn);
                }
            }
            expectVersion(project.version(), postgres.database("shop"));
            expectVersion(project.version(), twin);
            return turns;
        } finally {
            Folders.delete(scratch);
        }
    }

    private String describe(int number, Turn turn) {
        return "%s: Slipway %d ms, script %d ms"
                .formatted(
                        number > 0 ? "run " + number + " of " + runs : "warm-up",
                        turn.slipway().took().toMillis(),
                        turn.script().total().toMillis());
    }

    /** Both sides must have done the same work, or their times say nothing. */
    private static void expectVersion(int version, Database database) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT count(*) FROM flyway_schema_history WHERE success AND type = 'SQL'")) {
            if (!row.next() || row.getInt(1) != version) {
                throw new IllegalStateException(database + " must have " + version + " migrations, but has not");
            }
        }
    }

    private static List<Figure> figures(List<Turn> turns) {
        var slipway =
                Sample.of(turns.stream().map(turn -> turn.slipway().took()).toList());
        var script = Sample.of(turns.stream().map(turn -> turn.script().total()).toList());
        var dump = Sample.of(turns.stream().map(turn -> turn.script().dump()).toList());
        var migrate =
                Sample.of(turns.stream().map(turn -> turn.script().migrate()).toList());
        var figures = new ArrayList<>(List.of(
                Figure.of("Slipway p50 / script p50", slipway.median() / script.median(), "ratio", HALF),
                Figure.of("Slipway p50", slipway.median(), "ms"),
                Figure.of("Slipway p95", slipway.percentile(95), "ms"),
                Figure.of("script p50", script.median(), "ms"),
                Figure.of("script p95", script.percentile(95), "ms"),
                Figure.of("script: pg_dump p50", dump.median(), "ms"),
                Figure.of("script: flyway migrate p50", migrate.median(), "ms")));
        for (var part : SlipwayRun.Part.values()) {
            var times = turns.stream().map(turn -> turn.slipway().took(part)).toList();
            figures.add(Figure.of(
                    "Slipway: " + part.title() + " p50", Sample.of(times).median(), "ms"));
        }
        var delivery = turns.stream().map(turn -> turn.slipway().delivery()).toList();
        figures.add(
                Figure.of("Slipway: deliver the end p50", Sample.of(delivery).median(), "ms"));
        return figures;
    }
}
