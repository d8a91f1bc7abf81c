package io.slipway.localstack.server;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One broker and one PostgreSQL for all tests of a JVM, started on first use and stopped with the JVM. Tests keep apart
 * by databases and by ids of their own, not by servers; a test that kills a server starts one for itself.
 */
public final class SharedServers {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable KafkaBroker kafka;
    private static @Nullable PostgresServer postgres;

    private SharedServers() {}

    public static synchronized KafkaBroker kafka() {
        var running = kafka;
        if (running == null) {
            running = Servers.kafka(KafkaConfig.temporary());
            stopWithJvm("stop-kafka", running::stop);
            kafka = running;
        }
        return running;
    }

    public static synchronized PostgresServer postgres() {
        var running = postgres;
        if (running == null) {
            running = Servers.postgres(PostgresConfig.temporary());
            stopWithJvm("stop-postgresql", running::stop);
            postgres = running;
        }
        return running;
    }

    /** A new, empty database whose name begins with the given one. */
    public static Database freshDatabase(String name) {
        return postgres().createDatabase(name + "_" + DATABASES.incrementAndGet());
    }

    private static void stopWithJvm(String name, Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(stop, name));
    }
}
