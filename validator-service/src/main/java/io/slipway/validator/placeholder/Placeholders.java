package io.slipway.validator.placeholder;

import io.slipway.validator.placeholder.ResolvedSql.Unresolved;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values by name, and the text with them in place. Follows Flyway's reader to the letter: names ignore case, replacement
 * happens in comments and literals too, and of {@code $$} followed by a brace nothing is replaced.
 */
public record Placeholders(Map<String, String> values) {
    private static final String PREFIX = "${";
    private static final String SUFFIX = "}";

    public Placeholders {
        Map<String, String> ignoringCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ignoringCase.putAll(values);
        values = Collections.unmodifiableMap(ignoringCase);
    }

    public ResolvedSql resolve(String text) {
        StringBuilder sql = new StringBuilder(text.length());
        List<Unresolved> unresolved = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) != PREFIX.charAt(0)) {
                sql.append(text.charAt(at++));
            } else if (!text.startsWith(PREFIX, at)) {
                // Flyway has read two characters by now and gives both away unseen: the second cannot begin a
                // placeholder.
                int end = Math.min(at + PREFIX.length(), text.length());
                sql.append(text, at, end);
                at = end;
            } else {
                int start = at + PREFIX.length();
                int end = text.indexOf(SUFFIX, start);
                String name = text.substring(start, end < 0 ? text.length() : end);
                String value = values.get(name);
                if (value == null) {
                    unresolved.add(unresolved(name, text, at));
                    value = "unresolved_" + name.replaceAll("\\W", "_");
                }
                sql.append(value);
                at = end < 0 ? text.length() : end + SUFFIX.length();
            }
        }
        return new ResolvedSql(sql.toString(), unresolved);
    }

    private static Unresolved unresolved(String name, String text, int at) {
        int line = 1;
        int lineStart = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return new Unresolved(name, line, at - lineStart + 1);
    }
}
