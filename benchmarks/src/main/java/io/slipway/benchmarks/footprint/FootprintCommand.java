package io.slipway.benchmarks.footprint;

import io.slipway.benchmarks.figures.Benchmark;
import io.slipway.benchmarks.figures.Figure;
import io.slipway.benchmarks.figures.Goal;
import io.slipway.benchmarks.figures.Machine;
import io.slipway.benchmarks.figures.Sample;
import io.slipway.benchmarks.stack.MeasuredStack;
import io.slipway.localstack.supervise.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./slipway bench footprint} */
@Command(
        name = "footprint",
        description =
                "The memory of the five idle services together, and how long each takes to start while the others "
                        + "are up.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class FootprintCommand extends Benchmark {

    private static final Goal START_MILLIS = new Goal(2_500);
    private static final Goal MEMORY_MIB = new Goal(1_024);
    private static final double KIB_PER_MIB = 1024;

    @Option(names = "--starts", defaultValue = "3", description = "Starts of each service; default: ${DEFAULT-VALUE}.")
    private int starts;

    @Option(
            names = "--idle",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description = "How long the services idle before their memory is read; default: ${DEFAULT-VALUE}.")
    private int idleSeconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (starts < 1 || idleSeconds < 0) {
            throw new IllegalArgumentException("--starts must be at least 1, --idle at least 0");
        }
        var machine = Machine.here();
        var figures = new ArrayList<Figure>();
        say("starting the stack");
        try (var measured = MeasuredStack.start()) {
            var services = measured.stack().services();
            say("idle for " + idleSeconds + " s");
            Thread.sleep(Duration.ofSeconds(idleSeconds));
            figures.addAll(memory(services));
            for (var service : services) {
                figures.addAll(startUp(service));
            }
        }
        return report(machine, figures);
    }

    private static List<Figure> memory(List<ServiceProcess> services) {
        var figures = new ArrayList<Figure>();
        var sum = Memory.NONE;
        for (var service : services) {
            var memory = Memory.of(service.handle().pid());
            sum = sum.plus(memory);
            figures.add(Figure.of(
                    service.service().title() + ": resident memory, idle", memory.residentKib() / KIB_PER_MIB, "MiB"));
        }
        figures.addFirst(Figure.of(
                "five services: memory with shared pages counted once", sum.proportionalKib() / KIB_PER_MIB, "MiB"));
        figures.addFirst(
                Figure.of("five services: resident memory, idle", sum.residentKib() / KIB_PER_MIB, "MiB", MEMORY_MIB));
        return figures;
    }

    private List<Figure> startUp(ServiceProcess service) throws IOException {
        var title = service.service().title();
        var measured = new ArrayList<StartUp>();
        for (var number = 1; number <= starts; number++) {
            var start = StartUp.measure(service);
            say("%s, start %d of %d: %d ms"
                    .formatted(title, number, starts, start.ready().toMillis()));
            measured.add(start);
        }
        var ready = Sample.of(measured.stream().map(StartUp::ready).toList());
        var reported = Sample.of(measured.stream().map(StartUp::reported).toList());
        return List.of(
                Figure.of(title + ": start to readiness, median", ready.median(), "ms", START_MILLIS),
                Figure.of(title + ": start as Quarkus reports it, median", reported.median(), "ms"));
    }
}
