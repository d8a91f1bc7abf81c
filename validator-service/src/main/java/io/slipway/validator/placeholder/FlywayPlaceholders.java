package io.slipway.validator.placeholder;

import io.slipway.contracts.Plan;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The values that a script of a plan finds: Flyway's own, and those of the plan, which win. */
public final class FlywayPlaceholders {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private FlywayPlaceholders() {}

    /**
     * @param scriptName with its path
     * @param user the role that will run the plan
     */
    public static Placeholders of(Plan plan, String scriptName, String user, Instant now) {
        Map<String, String> values = new HashMap<>();
        values.put("flyway:defaultSchema", defaultSchema(plan));
        values.put("flyway:user", user);
        values.put("flyway:database", plan.state().database());
        values.put("flyway:timestamp", TIMESTAMP.format(now));
        values.put("flyway:filename", scriptName.substring(scriptName.lastIndexOf('/') + 1));
        values.put("flyway:workingDirectory", Objects.requireNonNullElse(System.getProperty("user.dir"), "."));
        values.put("flyway:table", "flyway_schema_history");
        values.put("flyway:environment", "default");
        values.putAll(plan.settings().placeholders());
        return new Placeholders(values);
    }

    /** Where names without a schema lead to. */
    public static String defaultSchema(Plan plan) {
        return searchPath(plan).getFirst();
    }

    /** As Flyway sets it before each script: the first of its own schemas, then what the session had. */
    public static List<String> searchPath(Plan plan) {
        List<String> session = plan.runMode().searchPath();
        return Stream.concat(
                        plan.settings().schemas().stream().limit(1),
                        session.isEmpty() ? Stream.of("public") : session.stream())
                .distinct()
                .toList();
    }

    /**
     * Whether a script is left as it is, by its {@code .sql.conf}.
     *
     * @param sqlConf in the form of Java's property files, as Flyway reads it
     */
    public static boolean switchedOff(@org.jspecify.annotations.Nullable String sqlConf) {
        return sqlConf != null
                && sqlConf.lines()
                        .map(line -> line.replace(" ", "").replace("\t", "").toLowerCase(Locale.ROOT))
                        .anyMatch("placeholderreplacement=false"::equals);
    }
}
