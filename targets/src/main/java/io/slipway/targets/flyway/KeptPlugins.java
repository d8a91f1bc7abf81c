package io.slipway.targets.flyway;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.plugin.PluginRegister;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Flyway's plugins, looked up once. Flyway looks through the class path for them for each configuration, and copies those with
 * settings by way of JSON for each configuration that it loads, so that each may change them; here none does.
 */
final class KeptPlugins extends PluginRegister {
    private static final Map<MigrationLock, Configuration> CONFIGURATIONS = Stream.of(MigrationLock.values())
            .collect(Collectors.toMap(Function.identity(), KeptPlugins::configuration));

    private KeptPlugins() {}

    /** A configuration that hands the plugins on to every other that is made from it; to be left as it is. */
    static Configuration with(MigrationLock lock) {
        return Objects.requireNonNull(CONFIGURATIONS.get(lock), "Each lock has one.");
    }

    private static Configuration configuration(MigrationLock lock) {
        var plugins = new KeptPlugins();
        plugins.getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(lock == MigrationLock.TRANSACTION);
        return new FluentConfiguration(KeptPlugins.class.getClassLoader()) {
            @Override
            public PluginRegister getPluginRegister() {
                return plugins;
            }
        };
    }

    @Override
    public PluginRegister getCopy() {
        return this;
    }
}
