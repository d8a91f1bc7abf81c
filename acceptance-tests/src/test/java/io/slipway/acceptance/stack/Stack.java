package io.slipway.acceptance.stack;

import io.slipway.contracts.TargetId;
import io.slipway.localstack.machine.Folders;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.PostgresConfig;
import io.slipway.localstack.server.PostgresServer;
import io.slipway.localstack.server.Servers;
import io.slipway.localstack.supervise.LocalStack;
import io.slipway.localstack.supervise.Service;
import io.slipway.localstack.supervise.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
            var services = LocalStack.start(StackSettings.in(home, targets));
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
            Files.writeString(home.resolve("policy.yaml"), StackSettings.POLICY);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a folder for the stack", e);
        }
    }

    /** The backup service looks the program up for each dump, so that a trial can put another one in its place. */
    private static void linkProgram(Path folder, String name) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), PostgresPrograms.path(name));
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
        return made(StackSettings.name(targets.incrementAndGet()));
    }

    /** The one target whose runs need an approval, by berta; its database is made anew. */
    public Target guardedTarget() {
        return made(StackSettings.GUARDED);
    }

    /** The one target whose failed migrations the planner takes back; its database is made anew. */
    public Target revertedTarget() {
        return made(StackSettings.REVERTED);
    }

    /** The one target that ends sessions which idle in a transaction; its database is made anew. */
    public Target impatientTarget() {
        return made(StackSettings.IMPATIENT);
    }

    /** Targets for a trial of many runs, with empty databases: no backups and no rehearsals. For one trial only. */
    public List<Target> hurriedTargets() {
        return StackSettings.hurried().map(this::made).toList();
    }

    /** Likewise, for the trials of faults at random moments. */
    public List<Target> faultyTargets() {
        return StackSettings.faulty().map(this::made).toList();
    }

    private Target made(String name) {
        return new Target(new TargetId(name), targetServer.createDatabase(name));
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
