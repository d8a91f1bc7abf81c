package io.slipway.eventing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.server.SharedServers;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real Kafka, a real PostgreSQL, a fresh control-plane database, and the target {@code default} on a fresh database.
 * The servers are shared by all tests of a JVM, so tests keep apart by target names and ids of their own.
 */
public class SharedServersResource implements QuarkusTestResourceLifecycleManager {
    private static final String TARGET = "slipway.test.target";

    @Override
    public Map<String, String> start() {
        Database control = SharedServers.freshDatabase("slipway");
        Database target = SharedServers.freshDatabase("target");
        Map<String, String> config = new HashMap<>();
        config.put("kafka.bootstrap.servers", SharedServers.kafka().bootstrapServers());
        config.put("quarkus.datasource.jdbc.url", control.jdbcUrl());
        config.put("quarkus.datasource.username", control.user());
        config.put("quarkus.datasource.password", control.password());
        config.put("DATABASE_URL", target.url());
        config.put(TARGET + ".jdbc-url", target.jdbcUrl());
        config.put(TARGET + ".user", target.user());
        config.put(TARGET + ".password", target.password());
        return config;
    }

    /** The servers stay for the next test class; they stop with the JVM. */
    @Override
    public void stop() {}

    /** Unpooled connections to the database of the target {@code default}, for a test to look from outside. */
    public static PGSimpleDataSource target() {
        var config = ConfigProvider.getConfig();
        var source = new PGSimpleDataSource();
        source.setUrl(config.getValue(TARGET + ".jdbc-url", String.class));
        source.setUser(config.getValue(TARGET + ".user", String.class));
        source.setPassword(config.getValue(TARGET + ".password", String.class));
        return source;
    }
}
