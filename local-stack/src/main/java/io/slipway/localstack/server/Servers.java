package io.slipway.localstack.server;

/**
 * The one place that decides where servers come from: processes of this machine, or containers where the system property
 * {@code slipway.containers} is {@code true}.
 */
public final class Servers {

    private static final String PROPERTY = "slipway.containers";

    private Servers() {}

    public static KafkaBroker kafka(KafkaConfig config) {
        return inContainers() ? KafkaInContainer.start(config) : KafkaProcess.start(config);
    }

    public static PostgresServer postgres(PostgresConfig config) {
        return inContainers() ? PostgresInContainer.start(config) : PostgresProcess.start(config);
    }

    private static boolean inContainers() {
        return Boolean.getBoolean(PROPERTY);
    }
}
