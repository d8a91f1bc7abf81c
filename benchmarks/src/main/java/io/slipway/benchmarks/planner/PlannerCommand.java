package io.slipway.benchmarks.planner;

import io.slipway.benchmarks.figures.Benchmark;
import io.slipway.benchmarks.figures.Figure;
import io.slipway.benchmarks.figures.Goal;
import io.slipway.benchmarks.figures.Machine;
import io.slipway.benchmarks.figures.Sample;
import io.slipway.benchmarks.stack.Ends;
import io.slipway.benchmarks.stack.MeasuredStack;
import io.slipway.localstack.supervise.Service;
import io.slipway.localstack.supervise.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./slipway bench planner} */
@Command(
        name = "planner",
        description =
                "Requests for many targets at once, over HTTP and Kafka, then a steady stream of them: what is lost, "
                        + "how soon the planner answers, and its heap.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class PlannerCommand extends Benchmark {

    private static final Goal NONE = new Goal(0);
    private static final Goal ANSWER_MILLIS = new Goal(50);
    private static final Goal HEAP_MIB = new Goal(512);
    private static final double MILLIS = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;

    @Option(names = "--targets", defaultValue = "200", description = "Databases; default: ${DEFAULT-VALUE}.")
    private int targets;

    @Option(
            names = "--requests",
            defaultValue = "1000",
            description = "Requests at once, as many for each target; default: ${DEFAULT-VALUE}.")
    private int requests;

    @Option(
            names = "--rate",
            defaultValue = "200",
            paramLabel = "N",
            description = "Requests in a second afterwards; default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            description = "How long they are measured; default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "180",
            paramLabel = "SECONDS",
            description = "How long they come before that, until the services are compiled; default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Override
    public Integer call() {
        if (targets < 1 || requests < targets || rate < 1 || seconds < 1) {
            throw new IllegalArgumentException(
                    "--targets and --rate must be at least 1, --requests at least as many as targets, --seconds at least 1");
        }
        var machine = Machine.here();
        say("making %d databases".formatted(targets));
        List<Figure> figures = new ArrayList<>();
        try (var fleet = Fleet.start(targets)) {
            say("starting the stack");
            try (var measured = MeasuredStack.start(fleet::register)) {
                measure(fleet, measured, figures);
            }
        }
        return report(machine, figures);
    }

    private void measure(Fleet fleet, MeasuredStack measured, List<Figure> figures) {
        var addresses = measured.stack().addresses();
        var planner = measured.stack().service(Service.PLANNER);
        try (var deployer = new Deployer(addresses);
                var ends = new Ends(addresses.kafka());
                var heap = new HeapPeak(planner.address())) {
            var perTarget = requests / targets;
            say("%d requests for %d targets at once".formatted(perTarget * targets, targets));
            figures.addAll(burst(new Burst(deployer, ends).run(fleet.targets(), perTarget)));
            // Every run has something to do, so that it waits for the validator, and the others for it.
            var load = new SteadyLoad(deployer, fleet.targets(), rate, perTarget + 1);
            var validator = measured.stack().service(Service.VALIDATOR);
            validator.stop();
            say("%d requests a second, which are queued".formatted(rate));
            load.run(Duration.ofSeconds(warmUp));
            var before = processorTime(planner);
            figures.addAll(steady("queued", deployer, load));
            figures.add(Figure.of(
                    "%d a second, queued: the planner's processor time for one".formatted(rate),
                    processorTime(planner).minus(before).toNanos() / NANOS_PER_MILLI / seconds / rate,
                    "ms"));
            validator.restart();
            say("%d requests a second while all services work on the queue".formatted(rate));
            figures.addAll(steady("all at work", deployer, load));
            figures.add(Figure.of("planner: peak heap in use", heap.mib(), "MiB", HEAP_MIB));
        }
    }

    private List<Figure> burst(Burst.Outcome outcome) {
        return List.of(
                Figure.of("at once: runs without an end", outcome.lost(), "runs", NONE),
                Figure.of("at once: ends too many", outcome.doubled(), "runs", NONE),
                Figure.of("at once: targets out of order", outcome.disordered(), "", NONE),
                Figure.of("at once: migrations applied", outcome.applied(), "runs"),
                Figure.of("at once: answers 503, sent again", outcome.busy(), ""),
                Figure.of("at once: until all were taken", outcome.taken().toMillis() / MILLIS, "s"),
                Figure.of("at once: until all had ended", outcome.ended().toMillis() / MILLIS, "s"));
    }

    private List<Figure> steady(String what, Deployer deployer, SteadyLoad load) {
        var busy = deployer.busy();
        var answers = load.run(Duration.ofSeconds(seconds));
        var times = Sample.of(answers.times());
        var name = "%d a second, %s: ".formatted(rate, what);
        return List.of(
                Figure.of(name + "answered 202, p95", times.percentile(95), "ms", ANSWER_MILLIS),
                Figure.of(name + "answered 202, p50", times.median(), "ms"),
                Figure.of(name + "answered 202, p99", times.percentile(99), "ms"),
                Figure.of(name + "answers 503, sent again", deployer.busy() - busy, ""),
                Figure.of(name + "sender behind, at most", answers.late().toNanos() / NANOS_PER_MILLI, "ms"));
    }

    /** Unlike an answer's time, it leaves out the time in which other programs have the processor. */
    private static Duration processorTime(ServiceProcess service) {
        return service.handle().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
