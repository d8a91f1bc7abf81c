package io.slipway.localstack.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * The main class of the broker's JVM: formats the storage where that is new and runs {@code kafka.Kafka}, one JVM
 * instead of two. It ends together with the process that started it, so that a killed test leaves no broker behind.
 *
 * <p>Kafka is called by name, because it is on this JVM's class path only and must not reach that of this module's users.
 */
final class BrokerMain {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(100);

    private BrokerMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("Expected the path of server.properties, found " + arguments.length);
        }
        followParent();
        var settings = Path.of(arguments[0]);
        var log = logFolder(settings);
        if (Files.exists(log.resolve("meta.properties"))) {
            awaitFormerBroker(log);
        } else {
            format(settings);
        }
        Class.forName("kafka.Kafka").getMethod("main", String[].class).invoke(null, (Object)
                new String[] {settings.toString()});
    }

    private static void followParent() {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit()
                .thenRun(() -> Runtime.getRuntime().halt(1)));
    }

    /** A broker notices only after some seconds that its parent was killed, and Kafka itself does not wait for it. */
    private static void awaitFormerBroker(Path log) throws IOException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var file = FileChannel.open(log.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (file.tryLock() == null && System.nanoTime() < deadline) {
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private static Path logFolder(Path settings) throws IOException {
        var properties = new Properties();
        try (InputStream in = Files.newInputStream(settings)) {
            properties.load(in);
        }
        return Path.of(properties.getProperty("log.dirs"));
    }

    private static void format(Path settings) throws ReflectiveOperationException {
        var uuid = Class.forName("org.apache.kafka.common.Uuid");
        var cluster = uuid.getMethod("randomUuid").invoke(null).toString();
        var exit = Class.forName("kafka.tools.StorageTool")
                .getMethod("execute", String[].class, PrintStream.class)
                .invoke(null, new String[] {"format", "-t", cluster, "-c", settings.toString()}, System.out);
        if (!Integer.valueOf(0).equals(exit)) {
            throw new IllegalStateException("kafka.tools.StorageTool ended with " + exit + " for " + settings);
        }
    }
}
