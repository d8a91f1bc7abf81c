package io.slipway.contracts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of Flyway that change what a script means. They are part of the plan's digest.
 *
 * @param placeholders values for {@code ${name}}; never secrets, since events carry them
 * @param schemas the schemas that Flyway manages; the first is the default one, empty means the connection's own
 * @param outOfOrder whether versions below the current one may still be applied
 * @param baselineVersion takes over a database that has objects but no history, as being at this version
 */
public record FlywaySettings(
        Map<String, String> placeholders,
        List<String> schemas,
        boolean outOfOrder,
        @Nullable MigrationVersion baselineVersion) {

    public static final FlywaySettings DEFAULTS = new FlywaySettings(Map.of(), List.of(), false, null);

    public FlywaySettings {
        placeholders.forEach((name, value) -> Required.present("settings.placeholders." + name, value));
        placeholders = java.util.Collections.unmodifiableMap(new TreeMap<>(placeholders));
        schemas = Required.list("settings.schemas", schemas);
    }
}
