package io.slipway.targets.flyway;

import io.slipway.contracts.FlywaySettings;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Flyway as every service uses it, so that what is planned, checked and applied is understood in one way. */
public final class TargetFlyway {
    private TargetFlyway() {}

    /** With Flyway's own lock; enough for whoever only looks. */
    public static FluentConfiguration configure(DataSource target, FlywaySettings settings, ScriptResources scripts) {
        return configure(target, settings, scripts, MigrationLock.TRANSACTION);
    }

    /** Reads nothing but its arguments: no environment variables, no files, no class path. */
    public static FluentConfiguration configure(
            DataSource target, FlywaySettings settings, ScriptResources scripts, MigrationLock lock) {
        FluentConfiguration flyway = Flyway.configure()
                .configuration(KeptPlugins.with(lock))
                .dataSource(target)
                .locations(new String[0])
                .callbackLocations(new String[0])
                .failOnMissingLocations(false)
                .resourceProvider(scripts)
                .javaMigrationClassProvider(List::of)
                .placeholders(settings.placeholders())
                .outOfOrder(settings.outOfOrder())
                .validateMigrationNaming(true)
                .cleanDisabled(true)
                .connectRetries(0)
                .loggers("slf4j");
        if (!settings.schemas().isEmpty()) {
            flyway.schemas(settings.schemas().toArray(String[]::new))
                    .defaultSchema(settings.schemas().getFirst());
        }
        if (settings.baselineVersion() != null) {
            flyway.baselineOnMigrate(true)
                    .baselineVersion(settings.baselineVersion().value());
        }
        return flyway;
    }
}
