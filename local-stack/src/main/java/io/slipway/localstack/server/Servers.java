package io.slipway.localstack.server;

/**
 * The one place that decides where servers come from: processes of this machine, or containers where the system property
 * {@code slipway.containers} is {@code true}. PostgreSQL is of the major version that the build brings, or of the one in
 * {@code slipway.test.postgres}.
 */
public final class Servers {

    private static final String PROPERTY = "slipway.containers";

    /** Of the programs that the build brings. */
    static final int POSTGRES_MAJOR = 15;

    private Servers() {}

    public static KafkaBroker kafka(KafkaConfig config) {
        return inContainers() ? KafkaInContainer.start(config) : KafkaProcess.start(config);
    }

    public static PostgresServer postgres(PostgresConfig config) {
        return inContainers() ? PostgresInContainer.start(config) : PostgresProcess.start(config);
    }

    static int postgresMajor() {
        return Integer.getInteger("slipway.test.postgres", POSTGRES_MAJOR);
    }

    private static boolean inContainers() {
        return Boolean.getBoolean(PROPERTY);
    }
}
