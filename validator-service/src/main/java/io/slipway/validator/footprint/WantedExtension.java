package io.slipway.validator.footprint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An extension that a plan creates.
 *
 * @param version absent where the server's default is taken
 * @param ifMissing {@code IF NOT EXISTS}
 */
public record WantedExtension(String name, @Nullable String version, boolean ifMissing) {
    private static final Pattern IF_MISSING = Pattern.compile("\\sIF\\s+NOT\\s+EXISTS\\s", Pattern.CASE_INSENSITIVE);
    private static final Pattern VERSION =
            Pattern.compile("\\sVERSION\\s+['\"]?([^'\"\\s;]+)", Pattern.CASE_INSENSITIVE);

    /** @param statement the whole of CREATE EXTENSION, of which the parser keeps the name only */
    static WantedExtension of(String name, String statement) {
        Matcher version = VERSION.matcher(statement);
        return new WantedExtension(
                name,
                version.find() ? version.group(1) : null,
                IF_MISSING.matcher(statement).find());
    }
}
