package io.slipway.cli.run;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings of Flyway that change what a script means. */
final class SettingsOptions {
    @Option(
            names = "--placeholder",
            paramLabel = "NAME=VALUE",
            description = "A value for $${NAME}; repeatable. Not for secrets: the history keeps it.")
    Map<String, String> placeholders = new LinkedHashMap<>();

    @Option(
            names = "--schema",
            split = ",",
            paramLabel = "SCHEMA",
            description = "A schema that Flyway manages, the default one first; repeatable.")
    List<String> schemas = new ArrayList<>();

    @Option(names = "--out-of-order", description = "Apply versions below the current one too.")
    boolean outOfOrder;

    @Nullable
    @Option(
            names = "--baseline-version",
            paramLabel = "VERSION",
            description = "Take over a database that has objects but no history, as being at this version.")
    String baselineVersion;

    FlywaySettings settings() {
        return new FlywaySettings(
                placeholders,
                schemas,
                outOfOrder,
                baselineVersion == null ? null : new MigrationVersion(baselineVersion));
    }
}
