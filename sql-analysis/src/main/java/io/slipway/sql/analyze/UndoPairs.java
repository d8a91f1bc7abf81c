package io.slipway.sql.analyze;

import io.slipway.sql.analyze.Script.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which versioned scripts have an undo script beside them. Versions are equal as Flyway has it: 1, 01, 1.0 and 1_0. */
record UndoPairs(Set<String> undone) {
    private static final Pattern LEADING_ZEROS = Pattern.compile("(^|\\.)0+(?=\\d)");
    private static final Pattern TRAILING_ZEROS = Pattern.compile("(\\.0)+$");

    static UndoPairs of(List<Script> scripts) {
        return new UndoPairs(scripts.stream()
                .filter(script -> script.kind() == Kind.UNDO)
                .map(script -> normal(script.version()))
                .collect(Collectors.toSet()));
    }

    boolean lacksUndo(Script script) {
        return script.kind() == Kind.VERSIONED && !undone.contains(normal(script.version()));
    }

    private static String normal(@Nullable String version) {
        String dotted = version == null ? "" : version.strip().replace('_', '.');
        return TRAILING_ZEROS
                .matcher(LEADING_ZEROS.matcher(dotted).replaceAll("$1"))
                .replaceFirst("");
    }
}
