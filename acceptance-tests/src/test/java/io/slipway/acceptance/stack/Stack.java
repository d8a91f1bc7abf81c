package io.slipway.acceptance.stack;

import io.slipway.contracts.TargetId;
import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.Folders;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.PostgresConfig;
import io.slipway.localstack.server.PostgresServer;
import io.slipway.localstack.server.Servers;
import io.slipway.localstack.supervise.LocalStack;
import io.slipway.localstack.supervise.Port;
import io.slipway.localstack.supervise.Service;
import io.slipway.localstack.supervise.ServiceProcess;
import io.slipway.localstack.supervise.StackConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The five packaged services with Kafka and PostgreSQL, started once for all trials of a JVM and stopped with it.
 *
 * <p>Commits survive a kill, as they do on a server of one's own: the data is not the ephemeral kind, only that nothing
 * waits for the disk, which a kill of processes does not harm. The targets are on a server of their own, so that the
 * control plane can be lost without them and they without it. What is left in {@code target/stack-*} are the logs.
 */
public final class Stack {
    /** A target that nobody listens for. */
    public static final TargetId DOWN = new TargetId("down");

    /** A target whose password is wrong. */
    public static final TargetId WRONG_PASSWORD = new TargetId("wrong-password");

    /** The target whose runs policy lets nobody but berta approve. */
    private static final String GUARDED = "guarded";

    /** The target whose migrations are taken back when they fail half-way. */
    private static final String REVERTED = "reverted";

    /** The target that bears an idle transaction for ten seconds only, the least that may be asked for. */
    private static final String IMPATIENT = "impatient";

    private static final String POLICY = """
            version: 1
            roles: {dba: [berta]}
            targets:
              guarded:
                approvals:
                  - {when: {risk: low}, from: [dba]}
              reverted:
                rollback-on-failure: true
            """;
    private static final int TARGETS = 60;
    private static final int HURRIED_TARGETS = 8;
    private static final String HURRIED = "hurried";
    private static final int FAULTY_TARGETS = 4;
    private static final String FAULTY = "faulty";
    private static final Map<String, String> NO_WAIT_FOR_DISK = Map.of("fsync", "off", "full_page_writes", "off");

    /** With room for a connection of each service to each target. */
    private static final Map<String, String> TARGET_SERVER =
            Map.of("fsync", "off", "full_page_writes", "off", "max_connections", "600");

    private static @Nullable Stack running;

    private final Path home;
    private final PostgresServer targetServer;
    private final LocalStack services;
    private final Events events;
    private final AtomicInteger targets = new AtomicInteger();

    private Stack(Path home, PostgresServer targetServer, LocalStack services, Events events) {
        this.home = home;
        this.targetServer = targetServer;
        this.services = services;
        this.events = events;
    }

    /** The one stack, which is started by the first call. */
    public static synchronized Stack running() {
        var stack = running;
        if (stack == null) {
            stack = start();
            running = stack;
            Runtime.getRuntime().addShutdownHook(new Thread(stack::stop, "stop-stack"));
        }
        return stack;
    }

    private static Stack start() {
        var home = newHome();
        var targets =
                Servers.postgres(PostgresConfig.kept(0, home.resolve("targets")).with(TARGET_SERVER));
        try {
            var services = LocalStack.start(config(home, targets));
            doNotWaitForTheDisk(services.postgres());
            return new Stack(
                    home, targets, services, Events.follow(services.kafka().bootstrapServers()));
        } catch (RuntimeException e) {
            targets.stop();
            throw e;
        }
    }

    private static Path newHome() {
        try {
            var home =
                    Files.createTempDirectory(Folders.create(Path.of("target").toAbsolutePath()), "stack-");
            linkProgram(Folders.create(home.resolve("bin")), "pg_dump");
            linkProgram(home.resolve("bin"), "pg_restore");
            Folders.create(home.resolve("scripts"));
            Files.writeString(home.resolve("policy.yaml"), POLICY);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a folder for the stack", e);
        }
    }

    /** The backup service looks the program up for each dump, so that a trial can put another one in its place. */
    private static void linkProgram(Path folder, String name) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), PostgresPrograms.path(name));
    }

    private static StackConfig config(Path home, PostgresServer targetServer) {
        var config = StackConfig.kept(Checkout.locate(), home.resolve(".slipway"))
                .withKafkaPort(new Port.Any())
                .withPostgresPort(new Port.Any())
                .withSetting(
                        "slipway.planner.script-directories",
                        home.resolve("scripts").toString())
                .withSetting("slipway.planner.target-patience", "5s")
                .withSetting("slipway.policy.file", home.resolve("policy.yaml").toString())
                .withTarget(GUARDED, targetServer.url(GUARDED))
                .withTarget(REVERTED, targetServer.url(REVERTED))
                .withTarget(IMPATIENT, targetServer.url(IMPATIENT))
                .withSetting("slipway.targets.impatient.idle-in-transaction-timeout", "10s")
                .withSetting(
                        "slipway.backup.pg-dump", home.resolve("bin/pg_dump").toString())
                .withTarget(DOWN.name(), "postgresql://postgres:secret@127.0.0.1:1/nobody")
                .withTarget(
                        WRONG_PASSWORD.name(),
                        new Database(
                                        targetServer.host(),
                                        targetServer.port(),
                                        "postgres",
                                        "postgres",
                                        "not-the-password")
                                .url());
        for (var service : Service.values()) {
            config = config.withPort(service, new Port.Any());
        }
        for (int number = 1; number <= TARGETS; number++) {
            config = config.withTarget(name(number), targetServer.url(name(number)))
                    .withSetting("slipway.targets." + name(number) + ".pool.write.idle-timeout", "20s");
        }
        return hurried(
                quick(config.withSetting("slipway.validator.rehearsal.environments", "development")), targetServer);
    }

    /** What a killed service leaves behind is taken up by others after about half of the usual time. */
    private static StackConfig quick(StackConfig config) {
        return config.withSetting("slipway.tasks.heartbeat-interval", "500ms")
                .withSetting("mp.messaging.connector.smallrye-kafka.session.timeout.ms", "3000")
                .withSetting("mp.messaging.connector.smallrye-kafka.heartbeat.interval.ms", "750");
    }

    /** Targets whose runs make no backup and no rehearsal, for trials of many runs. */
    private static StackConfig hurried(StackConfig config, PostgresServer targetServer) {
        var more = config;
        var names = Stream.concat(numbered(HURRIED, HURRIED_TARGETS), numbered(FAULTY, FAULTY_TARGETS))
                .toList();
        for (var name : names) {
            more = more.withTarget(name, targetServer.url(name))
                    .withSetting("slipway.targets." + name + ".environment", HURRIED)
                    .withSetting("slipway.targets." + name + ".pool.write.idle-timeout", "20s");
        }
        return more.withSetting("slipway.backup.environments." + HURRIED + ".mode", "never");
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "shop%02d", number);
    }

    private static void doNotWaitForTheDisk(PostgresServer server) {
        try (var connection = server.dataSource("postgres").getConnection();
                var statement = connection.createStatement()) {
            for (var setting : NO_WAIT_FOR_DISK.entrySet()) {
                statement.execute("ALTER SYSTEM SET %s = '%s'".formatted(setting.getKey(), setting.getValue()));
            }
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not take the settings of the trials", e);
        }
    }

    /** A registered target that nobody has used yet, with an empty database. */
    public Target newTarget() {
        var name = name(targets.incrementAndGet());
        return new Target(new TargetId(name), targetServer.createDatabase(name));
    }

    /** The one target whose runs need an approval, by berta; its database is made anew. */
    public Target guardedTarget() {
        return new Target(new TargetId(GUARDED), targetServer.createDatabase(GUARDED));
    }

    /** The one target whose failed migrations the planner takes back; its database is made anew. */
    public Target revertedTarget() {
        return new Target(new TargetId(REVERTED), targetServer.createDatabase(REVERTED));
    }

    /** The one target that ends sessions which idle in a transaction; its database is made anew. */
    public Target impatientTarget() {
        return new Target(new TargetId(IMPATIENT), targetServer.createDatabase(IMPATIENT));
    }

    /** Targets for a trial of many runs, with empty databases: no backups and no rehearsals. For one trial only. */
    public List<Target> hurriedTargets() {
        return made(HURRIED, HURRIED_TARGETS);
    }

    /** Likewise, for the trials of faults at random moments. */
    public List<Target> faultyTargets() {
        return made(FAULTY, FAULTY_TARGETS);
    }

    private List<Target> made(String name, int count) {
        return numbered(name, count)
                .map(each -> new Target(new TargetId(each), targetServer.createDatabase(each)))
                .toList();
    }

    private static Stream<String> numbered(String name, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> name + number);
    }

    /** The target {@code default}, which documentation uses. */
    public Target defaultTarget() {
        return new Target(new TargetId("default"), services.postgres().database("shop"));
    }

    /** An empty database that Slipway knows nothing of. */
    public Database newDatabase() {
        return targetServer.createDatabase("plain_" + targets.incrementAndGet());
    }

    /** What is on the topics, from the first record on. */
    public Events events() {
        return events;
    }

    public Requests requests() {
        return new Requests(services.kafka().bootstrapServers());
    }

    public Cli cli() {
        return new Cli(home);
    }

    public Api api(Service service) {
        return new Api(services.addresses().of(service));
    }

    public ServiceProcess service(Service service) {
        return services.service(service);
    }

    public LocalStack services() {
        return services;
    }

    public PostgresServer targetServer() {
        return targetServer;
    }

    /** Below it the planner reads scripts. */
    public Path scriptDirectory() {
        return home.resolve("scripts");
    }

    /** Where the backup service finds PostgreSQL's programs. */
    public Path programs() {
        return home.resolve("bin");
    }

    private void stop() {
        events.close();
        services.stop();
        targetServer.stop();
        Folders.delete(home.resolve("targets"));
        Folders.delete(home.resolve(".slipway/postgresql"));
        Folders.delete(home.resolve(".slipway/kafka/log"));
    }
}
