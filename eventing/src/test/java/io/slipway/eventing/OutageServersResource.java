package io.slipway.eventing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.slipway.localstack.server.KafkaBroker;
import io.slipway.localstack.server.KafkaConfig;
import io.slipway.localstack.server.PostgresConfig;
import io.slipway.localstack.server.PostgresServer;
import io.slipway.localstack.server.Servers;
import java.util.Map;

/** A Kafka and a PostgreSQL that the test may kill. */
public class OutageServersResource implements QuarkusTestResourceLifecycleManager {
    private final KafkaBroker kafka = Servers.kafka(KafkaConfig.temporary());
    private final PostgresServer postgres = Servers.postgres(PostgresConfig.temporary());

    @Override
    public Map<String, String> start() {
        var control = postgres.createDatabase("slipway");
        return Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "quarkus.datasource.jdbc.url", control.jdbcUrl(),
                "quarkus.datasource.username", control.user(),
                "quarkus.datasource.password", control.password());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(kafka, field -> field.getType() == KafkaBroker.class);
        injector.injectIntoFields(postgres, field -> field.getType() == PostgresServer.class);
    }

    @Override
    public void stop() {
        kafka.stop();
        postgres.stop();
    }
}
