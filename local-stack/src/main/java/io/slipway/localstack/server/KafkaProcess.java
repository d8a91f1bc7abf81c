package io.slipway.localstack.server;

import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.Folders;
import io.slipway.localstack.machine.FreePorts;
import io.slipway.localstack.machine.LoggedProcess;
import io.slipway.localstack.machine.SharedArchive;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Broker and controller in one JVM, started by {@link BrokerMain} from the jars of this module's build. */
final class KafkaProcess implements KafkaBroker {

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(15);

    private final KafkaConfig config;
    private final int port;
    private LoggedProcess process;

    private KafkaProcess(KafkaConfig config, int port, LoggedProcess process) {
        this.config = config;
        this.port = port;
        this.process = process;
    }

    static KafkaProcess start(KafkaConfig config) {
        var port = FreePorts.orNext(config.port());
        return new KafkaProcess(config, port, launch(config, port));
    }

    private static LoggedProcess launch(KafkaConfig config, int port) {
        var data = config.data();
        var settings = writeSettings(Folders.create(data), port);
        var process = LoggedProcess.start("Kafka", command(config, settings), Map.of(), data.resolve("kafka.log"));
        try {
            // The port first, since Kafka's client logs a warning for each refused connection.
            process.awaitReady(() -> FreePorts.answers(port), START);
            Topics.ensure("127.0.0.1:" + port, process::failIfEnded);
            return process;
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    private static List<String> command(KafkaConfig config, Path settings) {
        var jars = Checkout.locate().localStackJars();
        var fixed = List.of(
                "-Xmx256m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=" + (config.compiled() ? 4 : 1),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                "-cp",
                jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                BrokerMain.class.getName(),
                settings.toString());
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.of(List.of(java), archive().options(config.data()), fixed)
                .flatMap(List::stream)
                .toList();
    }

    private static SharedArchive archive() {
        var checkout = Checkout.locate();
        return SharedArchive.of(checkout.localStackJars(), checkout.target());
    }

    /**
     * A broker that comes back after a kill is let in only when its former session has ended: 3 s, not 9. Consumers may ask
     * for shorter sessions than the 6 s that are the least otherwise, so that tests of killed ones need not wait for as long.
     */
    private static Path writeSettings(Path data, int port) {
        var controller = FreePorts.next();
        var settings = data.resolve("server.properties");
        try {
            return Files.writeString(
                    settings, """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@127.0.0.1:%2$d
                    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                    controller.listener.names=CONTROLLER
                    log.dirs=%3$s
                    auto.create.topics.enable=false
                    message.max.bytes=%4$d
                    replica.fetch.max.bytes=%4$d
                    offsets.topic.replication.factor=1
                    offsets.topic.num.partitions=3
                    transaction.state.log.replication.factor=1
                    transaction.state.log.num.partitions=3
                    transaction.state.log.min.isr=1
                    group.initial.rebalance.delay.ms=0
                    broker.session.timeout.ms=3000
                    broker.heartbeat.interval.ms=500
                    group.min.session.timeout.ms=1000
                    num.network.threads=2
                    num.io.threads=2
                    log.cleaner.dedupe.buffer.size=8388608
                    """.formatted(port, controller, data.resolve("log"), Topics.MAX_DEAD_LETTER_BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + settings, e);
        }
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
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
        process.stop(STOP);
        archive().keep(config.data());
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
        if (process.isAlive()) {
            process.stop(STOP);
        }
        process = launch(config, port);
    }
}
