package io.slipway.benchmarks.fleet;

import io.slipway.benchmarks.figures.Benchmark;
import io.slipway.benchmarks.figures.Figure;
import io.slipway.benchmarks.figures.Goal;
import io.slipway.benchmarks.figures.Machine;
import io.slipway.benchmarks.stack.MeasuredStack;
import io.slipway.localstack.supervise.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./slipway bench fleet} */
@Command(
        name = "fleet",
        description =
                "Many databases, many migrations and many statements through the executor, beside Flyway's API on the same "
                        + "server, in turns.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class FleetCommand extends Benchmark {

    /** At least 0.9 of Flyway's throughput is at most 1 / 0.9 of its time. */
    private static final Goal FLEET_RATIO = new Goal(1 / 0.9);

    private static final Goal LONG_RATIO = new Goal(1.15);
    private static final Goal OVERHEAD_MILLIS = new Goal(3);

    @Option(names = "--databases", defaultValue = "200", description = "Databases; default: ${DEFAULT-VALUE}.")
    private int databases;

    @Option(
            names = "--migrations",
            defaultValue = "20",
            description = "Migrations of each database; default: ${DEFAULT-VALUE}.")
    private int migrations;

    @Option(
            names = "--long",
            defaultValue = "1000",
            paramLabel = "N",
            description =
                    "Trivial migrations of one database, and statements of one migration; default: ${DEFAULT-VALUE}.")
    private int many;

    @Option(
            names = "--at-once",
            defaultValue = "8",
            paramLabel = "N",
            description =
                    "Runs that the executor executes at a time, and threads of the loop; default: ${DEFAULT-VALUE}.")
    private int atOnce;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Turns of each side that count; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "6",
            paramLabel = "N",
            description = "Turns of each side before them; default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Override
    public Integer call() {
        if (databases < 1 || migrations < 1 || many < 1 || atOnce < 1 || rounds < 1 || warmUp < 0) {
            throw new IllegalArgumentException("Every option must be at least 1, --warm-up at least 0");
        }
        var machine = Machine.here();
        List<Figure> figures = new ArrayList<>();
        try (var server = FleetServer.start(databases, warmUp + rounds, atOnce)) {
            say("starting the stack");
            try (var measured = MeasuredStack.start(server::register)) {
                measure(server, measured, figures);
            }
        }
        return report(machine, figures);
    }

    private void measure(FleetServer server, MeasuredStack measured, List<Figure> figures) {
        var stack = measured.stack();
        for (var service : Service.values()) {
            if (service != Service.EXECUTOR) {
                stack.service(service).stop();
            }
        }
        var executing = stack.service(Service.EXECUTOR);
        var kafka = stack.kafka().handle();
        var targets = server.server().handle();
        var all = new ProcessorTime(
                processes(Optional.of(executing.handle()), kafka),
                processes(stack.postgres().handle(), targets));
        var loop = new FlywaySide(atOnce, new ProcessorTime(List.of(ProcessHandle.current()), processes(targets)));
        try (var executor = new ExecutorSide(executing, all, stack.addresses().kafka())) {
            var duel = new Duel(server, executor, loop, warmUp);
            say("%d databases x %d migrations".formatted(databases, migrations));
            var fleet = duel.fight("fleet", databases, Project.of(migrations), rounds, this::say);
            figures.addAll(fleet.figures("%d databases x %d migrations".formatted(databases, migrations), FLEET_RATIO));
            figures.add(Figure.of("migrations in a second: executor", fleet.executorPerSecond(), ""));
            figures.add(Figure.of("migrations in a second: Flyway", fleet.flywayPerSecond(), ""));
            say("%d migrations on one database".formatted(many));
            var longer = duel.fight("long", 1, Project.trivial(many), rounds, this::say);
            figures.addAll(longer.figures("%d trivial migrations on one database".formatted(many), LONG_RATIO));
            figures.add(Figure.of(
                    "one migration of one statement: overhead", longer.overheadMillis(), "ms", OVERHEAD_MILLIS));
            say("%d statements in one migration".formatted(many));
            var statements = duel.fight("wide", 1, Project.statements(many), rounds, this::say);
            figures.addAll(statements.figures("%d trivial statements in one migration".formatted(many)));
            figures.add(
                    Figure.of("one statement: overhead", statements.overheadMillis() / many, "ms", OVERHEAD_MILLIS));
        }
    }

    @SafeVarargs
    private static List<ProcessHandle> processes(Optional<ProcessHandle>... each) {
        return Stream.of(each).flatMap(Optional::stream).toList();
    }
}
