package io.slipway.localstack.supervise;

import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.ProcessFailed;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./slipway start}: runs the stack until Ctrl-C or {@code ./slipway stop}. */
@Command(
        name = "start",
        description =
                "Starts Kafka, PostgreSQL and the five services on this machine, and runs until Ctrl-C or 'stop'.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class StartCommand implements Callable<Integer> {

    private static final Duration WATCH_EVERY = Duration.ofMillis(500);

    @Spec
    private CommandSpec spec;

    @Option(names = "--planner-port", paramLabel = "PORT", description = "Default 8081, or a free one; 0: any.")
    private @Nullable Integer plannerPort;

    @Option(names = "--validator-port", paramLabel = "PORT", description = "Default 8082, or a free one; 0: any.")
    private @Nullable Integer validatorPort;

    @Option(names = "--backup-port", paramLabel = "PORT", description = "Default 8083, or a free one; 0: any.")
    private @Nullable Integer backupPort;

    @Option(names = "--executor-port", paramLabel = "PORT", description = "Default 8084, or a free one; 0: any.")
    private @Nullable Integer executorPort;

    @Option(names = "--audit-port", paramLabel = "PORT", description = "Default 8085, or a free one; 0: any.")
    private @Nullable Integer auditPort;

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "Default 9092, or a free one; 0: any.")
    private @Nullable Integer kafkaPort;

    @Option(names = "--postgres-port", paramLabel = "PORT", description = "Default 5432, or a free one; 0: any.")
    private @Nullable Integer postgresPort;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Keeps state, logs and data there instead of in .slipway beside the script.")
    private @Nullable Path folder;

    @Option(names = "--ephemeral", description = "Puts the data into a temporary folder that is deleted at the end.")
    private boolean ephemeral;

    @Option(
            names = "--train",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "The first stack of a build records which classes its services load; its stop takes up to half a "
                            + "minute longer, and later starts take less than half the time. With --no-train it does not.")
    private boolean train;

    @Option(
            names = "--target",
            paramLabel = "NAME=URL",
            description = "Another target database, as postgresql://user:password@host:port/name. Repeatable.")
    private Map<String, String> targets = new LinkedHashMap<>();

    @Nullable
    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "The policy by which runs are held and released; see docs/policy.md. Read again when it changes.")
    private Path policy;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Any configuration key of the services, such as slipway.targets.shop.environment=production. "
                    + "Repeatable. Relative paths are taken from the service's own folder.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() {
        var config = config();
        var out = spec.commandLine().getOut();
        return Running.in(config.folder()).map(state -> tell(state, out)).orElseGet(() -> run(config, out));
    }

    private StackConfig config() {
        var checkout = Checkout.locate();
        var config = StackConfig.kept(checkout, folder == null ? checkout.stateFolder() : folder)
                .withKafkaPort(port(kafkaPort, 9092))
                .withPostgresPort(port(postgresPort, 5432))
                .withPort(Service.PLANNER, port(plannerPort, Service.PLANNER.defaultPort()))
                .withPort(Service.VALIDATOR, port(validatorPort, Service.VALIDATOR.defaultPort()))
                .withPort(Service.BACKUP, port(backupPort, Service.BACKUP.defaultPort()))
                .withPort(Service.EXECUTOR, port(executorPort, Service.EXECUTOR.defaultPort()))
                .withPort(Service.AUDIT, port(auditPort, Service.AUDIT.defaultPort()));
        if (ephemeral) {
            config = config.ephemerally();
        }
        if (train) {
            config = config.training();
        }
        for (var target : targets.entrySet()) {
            config = config.withTarget(target.getKey(), target.getValue());
        }
        if (policy != null) {
            config = config.withSetting(
                    "slipway.policy.file", policy.toAbsolutePath().toString());
        }
        for (var setting : settings.entrySet()) {
            config = config.withSetting(setting.getKey(), setting.getValue());
        }
        return config;
    }

    private static Port port(@Nullable Integer asked, int usual) {
        if (asked == null) {
            return new Port.Preferred(usual);
        }
        return asked == 0 ? new Port.Any() : new Port.Fixed(asked);
    }

    private static int tell(StateFile.State state, PrintWriter out) {
        out.println("The local stack is already " + (state.ready() ? "running" : "starting") + " (process "
                + state.pid() + ").");
        if (state.ready()) {
            state.addresses().ifPresent(addresses -> out.println(addresses.describe()));
        }
        out.flush();
        return 0;
    }

    private int run(StackConfig config, PrintWriter out) {
        Consumer<String> notes = note -> {
            spec.commandLine().getErr().println("slipway: " + note);
            spec.commandLine().getErr().flush();
        };
        var stack = new LocalStack(config, notes);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::stop, "stop-local-stack"));
        try {
            stack.start();
        } catch (ProcessFailed | IllegalStateException | UncheckedIOException e) {
            notes.accept("the local stack did not start: " + e.getMessage());
            return 1;
        }
        out.println("The local stack is running.\n" + stack.addresses().describe());
        out.println("Stop it with Ctrl-C, or with './slipway stop' from elsewhere.");
        out.flush();
        return watch(stack, notes);
    }

    private static int watch(LocalStack stack, Consumer<String> notes) {
        var watch = new Watch(stack, notes);
        while (true) {
            switch (watch.cycle(Instant.now())) {
                case ALL_WELL, REVIVED -> pause();
                case LOST -> {
                    notes.accept("stopping all");
                    return 1;
                }
                case STOPPING -> {
                    return 0;
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(WATCH_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while watching the local stack", e);
        }
    }
}
