package io.slipway.sql.rule;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A script's own settings, from the {@code .sql.conf} file beside it, in the form of Java's property files. */
public record ScriptSettings(Map<String, String> values) {
    public static final ScriptSettings NONE = new ScriptSettings(Map.of());

    public ScriptSettings {
        values = Map.copyOf(values);
    }

    public static ScriptSettings of(String conf) {
        Map<String, String> values = new LinkedHashMap<>();
        conf.lines()
                .map(line -> line.strip().replaceFirst("^\uFEFF", ""))
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("!"))
                .forEach(line -> {
                    String[] pair = line.split("\\s*[=:]\\s*|\\s+", 2);
                    values.put(pair[0], pair.length == 2 ? pair[1].strip() : "");
                });
        return new ScriptSettings(values);
    }

    /** Empty where Flyway decides by the statements. */
    public Optional<Boolean> executeInTransaction() {
        return flag("executeInTransaction");
    }

    public boolean replacesPlaceholders() {
        return flag("placeholderReplacement").orElse(true);
    }

    private Optional<Boolean> flag(String key) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(key))
                .map(entry -> entry.getValue().toLowerCase(Locale.ROOT).equals("true"))
                .findFirst();
    }
}
