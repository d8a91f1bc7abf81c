package io.slipway.backup;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** The configuration as the service reads it, without the service. */
public final class BackupConfigFixture {
    private static final int PRIORITY = 100;

    private BackupConfigFixture() {}

    public static BackupConfig of(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(BackupConfig.class)
                .withDefaultValues(values)
                .withConverter(MemorySize.class, PRIORITY, new MemorySizeConverter())
                .withConverter(Duration.class, PRIORITY, new DurationConverter())
                .build()
                .getConfigMapping(BackupConfig.class);
    }
}
