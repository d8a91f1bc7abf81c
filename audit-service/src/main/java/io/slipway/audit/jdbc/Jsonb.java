package io.slipway.audit.jdbc;

import java.util.regex.Pattern;

/**
 * A JSON text as a value for a {@code jsonb} column.
 *
 * @param text without the escaped NUL character, which {@code jsonb} refuses; it becomes U+FFFD
 */
public record Jsonb(String text) {
    private static final Pattern ESCAPED_NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    public Jsonb {
        text = text.contains("\\u0000") ? ESCAPED_NUL.matcher(text).replaceAll("$1\\\\ufffd") : text;
    }
}
