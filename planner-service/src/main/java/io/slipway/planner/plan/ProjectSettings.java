package io.slipway.planner.plan;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.slipway.contracts.ScriptFile;
import io.slipway.planner.scripts.ProjectFiles;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The keys and values of a {@code flyway.toml} or {@code flyway.conf}, and which of them have been used. */
final class ProjectSettings {
    private static final String FLYWAY = "flyway.";
    private static final TomlMapper TOML = new TomlMapper();

    private final String file;
    private final Map<String, List<String>> values;
    private final Set<String> used = new TreeSet<>();

    private ProjectSettings(String file, Map<String, List<String>> values) {
        this.file = file;
        this.values = values;
    }

    /** Says where a file cannot be read; never what stands there, which may be a password. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private Malformed(String message) {
            super(message);
        }
    }

    static ProjectSettings parse(ScriptFile file) throws Malformed {
        return new ProjectSettings(
                file.name(), file.name().equals(ProjectFiles.TOML) ? toml(file.content()) : conf(file.content()));
    }

    private static Map<String, List<String>> toml(String text) throws Malformed {
        try {
            Map<String, List<String>> values = new TreeMap<>();
            flatten("", TOML.readTree(text), values);
            return values;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new Malformed(
                    at == null
                            ? "it is no TOML"
                            : "it is no TOML at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
        }
    }

    private static void flatten(String prefix, JsonNode node, Map<String, List<String>> values) {
        node.properties().forEach(field -> {
            String key = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(key + ".", value, values);
            } else {
                List<String> texts = new ArrayList<>();
                (value.isArray() ? value : List.of(value)).forEach(element -> texts.add(element.asText()));
                values.put(key, texts);
            }
        });
    }

    /** As Flyway: a backslash escapes nothing. */
    private static Map<String, List<String>> conf(String text) throws Malformed {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text.replace("\\", "\\\\")));
        } catch (IOException | IllegalArgumentException e) {
            throw new Malformed(
                    "it is no file of properties (%s)".formatted(e.getClass().getSimpleName()));
        }
        Map<String, List<String>> values = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(name ->
                        values.put(name, List.of(properties.getProperty(name).strip())));
        return values;
    }

    /** The values of a list, which {@code flyway.conf} separates by commas. */
    List<String> list(String key) {
        return usable(key).stream()
                .flatMap(value ->
                        file.equals(ProjectFiles.CONF) ? Arrays.stream(value.split(",")) : List.of(value).stream())
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    Optional<String> text(String key) {
        List<String> found = usable(key);
        return found.size() == 1 && !found.getFirst().isBlank() ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** By the rest of their keys. */
    Map<String, String> below(String prefix) {
        Map<String, String> found = new TreeMap<>();
        for (String key : values.keySet()) {
            if (key.startsWith(prefix) && key.length() > prefix.length()) {
                List<String> value = usable(key);
                if (value.size() == 1) {
                    found.put(key.substring(prefix.length()), value.getFirst());
                }
            }
        }
        return found;
    }

    /** A value that refers to the environment stays unused: it would be the planner's environment. */
    private List<String> usable(String key) {
        List<String> found = values.getOrDefault(key, List.of());
        if (found.stream().anyMatch(value -> value.contains("${"))) {
            return List.of();
        }
        used.add(key);
        return found;
    }

    /** The schemas that Flyway would manage, the default one first. */
    List<String> schemas() {
        String environment = text(FLYWAY + "environment").orElse("default");
        List<String> schemas = new ArrayList<>(list(FLYWAY + "schemas"));
        schemas.addAll(list("environments." + environment + ".schemas"));
        text(FLYWAY + "defaultSchema").ifPresent(first -> {
            schemas.remove(first);
            schemas.addFirst(first);
        });
        return schemas.stream().distinct().toList();
    }

    /** Keys that nobody has asked for, or whose values were not usable, in order. */
    List<String> unused() {
        return values.keySet().stream().filter(key -> !used.contains(key)).toList();
    }
}
