package io.slipway.localstack.supervise;

import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.KafkaBroker;
import io.slipway.localstack.server.KafkaConfig;
import io.slipway.localstack.server.PostgresConfig;
import io.slipway.localstack.server.PostgresServer;
import io.slipway.localstack.server.Servers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** The broker and the database server of a stack, and the two databases that it needs. */
record StackServers(KafkaBroker kafka, PostgresServer postgres, Database controlPlane, Database target) {

    private static final String CONTROL_PLANE = "slipway";
    private static final String TARGET = "shop";

    /** Starts both side by side; when one fails, the other is stopped. */
    static StackServers start(StackConfig config, Consumer<String> progress) {
        var kafkaPort = config.kafkaPort().choose("kafka", progress);
        var postgresPort = config.postgresPort().choose("postgres", progress);
        progress.accept("starting Kafka and PostgreSQL");
        var starting = CompletableFuture.supplyAsync(() -> Servers.kafka(new KafkaConfig(
                kafkaPort, config.data().resolve("kafka"), config.ephemeral(), config.flags() == ServiceFlags.SERVER)));
        PostgresServer postgres;
        try {
            postgres = Servers.postgres(new PostgresConfig(
                    postgresPort, config.data().resolve("postgresql"), config.ephemeral(), Map.of()));
        } catch (RuntimeException e) {
            starting.thenAccept(KafkaBroker::stop).exceptionally(also -> null).join();
            throw e;
        }
        try {
            return new StackServers(
                    starting.join(), postgres, ensure(postgres, CONTROL_PLANE), ensure(postgres, TARGET));
        } catch (CompletionException e) {
            postgres.stop();
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Database ensure(PostgresServer server, String name) {
        return server.hasDatabase(name) ? server.database(name) : server.createDatabase(name);
    }

    void stop() {
        kafka.stop();
        postgres.stop();
    }
}
