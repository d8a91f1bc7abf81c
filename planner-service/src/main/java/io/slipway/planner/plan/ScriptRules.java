package io.slipway.planner.plan;

import io.slipway.contracts.Failure;
import io.slipway.contracts.ScriptFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.callback.Event;

/** What can be said about scripts before Flyway sees them. */
final class ScriptRules {
    private static final Set<String> CALLBACKS =
            Arrays.stream(Event.values()).map(Event::getId).collect(Collectors.toUnmodifiableSet());

    private ScriptRules() {}

    static Optional<Failure> refusal(List<ScriptFile> files) {
        if (files.stream().noneMatch(file -> file.name().endsWith(".sql"))) {
            return Optional.of(noScripts());
        }
        return notText(files).or(() -> files.stream()
                .map(ScriptFile::name)
                .filter(ScriptRules::callback)
                .findFirst()
                .map(ScriptRules::callbackRefused));
    }

    static Failure noScripts() {
        return Failure.of(
                "NO_SCRIPTS",
                "The request brings no migration: no file is named like V1__what_it_does.sql or R__what_it_is.sql.",
                "Name the directory that holds the Flyway scripts, or put them into the request.");
    }

    /** What PostgreSQL takes for text: no NUL, no half of a character. */
    private static boolean text(String content) {
        return content.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(content);
    }

    static Optional<Failure> notText(List<ScriptFile> files) {
        return files.stream().filter(file -> !text(file.content())).findFirst().map(file -> notText(file.name()));
    }

    private static Failure notText(String name) {
        return new Failure(
                "SCRIPT_NOT_TEXT",
                "The script '%s' holds a NUL or half a character, which PostgreSQL takes for no text.".formatted(name),
                "Save it as UTF-8 text.",
                null,
                name,
                0);
    }

    private static boolean callback(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        int end = file.contains("__") ? file.indexOf("__") : file.indexOf('.');
        return file.endsWith(".sql") && end > 0 && CALLBACKS.contains(file.substring(0, end));
    }

    /** Left out in silence, the database would not become what Flyway makes of the same files. */
    private static Failure callbackRefused(String name) {
        return new Failure(
                "CALLBACKS_NOT_OFFERED",
                "'%s' is a callback of Flyway; a plan holds migrations only.".formatted(name),
                "Put its statements into a repeatable migration, or leave the file out.",
                null,
                name,
                0);
    }

    /**
     * @param e what {@link io.slipway.targets.flyway.ScriptResources} says of two files that cannot stand side by side
     */
    static Failure ambiguous(IllegalArgumentException e) {
        return Failure.of("SCRIPTS_AMBIGUOUS", String.valueOf(e.getMessage()), "Rename or remove one of the files.");
    }
}
