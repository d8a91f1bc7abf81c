package io.slipway.contracts;

import java.util.regex.Pattern;

/**
 * One file of a Flyway project.
 *
 * @param name path below the location, with {@code /} as separator; never absolute, never upwards
 * @param content the text, decoded as UTF-8
 */
public record ScriptFile(String name, String content) {
    private static final Pattern UPWARDS = Pattern.compile("(^|/)\\.\\.?(/|$)");

    public ScriptFile {
        Required.text("scripts.files.name", name, 500);
        Required.present("scripts.files.content", content);
        if (name.startsWith("/") || name.contains("\\") || UPWARDS.matcher(name).find() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "A script name is a relative path with '/' and without '..', but got '%s'.".formatted(name));
        }
    }
}
