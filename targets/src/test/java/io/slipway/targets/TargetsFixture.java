package io.slipway.targets;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Targets from settings, read the way a service reads them. */
public final class TargetsFixture {
    private static final String SERVICE = "planner";

    private TargetsFixture() {}

    public static Targets targets(Map<String, String> properties) {
        return targets(properties, Map.of());
    }

    public static Targets targets(Map<String, String> properties, Map<String, String> environment) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(TargetsConfig.class)
                .withSources(new PropertiesConfigSource(properties, "application.properties", 250))
                .withSources(new EnvConfigSource(environment, 300))
                .build();
        return new Targets(
                new TargetReader(config.getConfigMapping(TargetsConfig.class), TargetVariables.of(config), SERVICE)
                        .read());
    }
}
