package io.slipway.sql.analyze;

import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.ScriptRules;
import io.slipway.sql.source.Lines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A script with Flyway's placeholders replaced, which still knows where each character came from. Follows Flyway's reader
 * to the letter: names ignore case, replacement happens in comments and literals too, and of {@code $$} followed by a brace
 * nothing is replaced.
 */
public final class PlaceholderText {
    private static final String PREFIX = "${";
    private static final String SUFFIX = "}";

    private final String original;
    private final String sql;
    private final List<Unresolved> unresolved;
    /** For each replacement the offset behind it, in the replaced and in the original text. */
    private final int[] replaced;

    private final int[] origin;

    /** @param offset in the original text */
    private record Unresolved(String name, int offset, int length) {}

    private PlaceholderText(
            String original, String sql, List<Unresolved> unresolved, List<Integer> replaced, List<Integer> origin) {
        this.original = original;
        this.sql = sql;
        this.unresolved = List.copyOf(unresolved);
        this.replaced = replaced.stream().mapToInt(Integer::intValue).toArray();
        this.origin = origin.stream().mapToInt(Integer::intValue).toArray();
    }

    public static PlaceholderText of(String text, Map<String, String> given) {
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.putAll(given);
        StringBuilder sql = new StringBuilder(text.length());
        List<Unresolved> unresolved = new ArrayList<>();
        List<Integer> replaced = new ArrayList<>();
        List<Integer> origin = new ArrayList<>();
        int at = 0;
        int dollar = text.indexOf('$');
        while (dollar >= 0) {
            sql.append(text, at, dollar);
            at = dollar;
            if (!text.startsWith(PREFIX, at)) {
                // Flyway has read two characters by now and gives both away unseen: the second cannot begin a
                // placeholder.
                int end = Math.min(at + PREFIX.length(), text.length());
                sql.append(text, at, end);
                at = end;
            } else {
                int close = text.indexOf(SUFFIX, at);
                String name = text.substring(at + PREFIX.length(), close < 0 ? text.length() : close);
                int end = close < 0 ? text.length() : close + SUFFIX.length();
                String value = values.get(name);
                if (value == null) {
                    unresolved.add(new Unresolved(name, at, end - at));
                    // An identifier, so that the statements around it can still be read.
                    value = "unresolved_" + name.replaceAll("\\W", "_");
                }
                sql.append(value);
                at = end;
                replaced.add(sql.length());
                origin.add(at);
            }
            dollar = text.indexOf('$', at);
        }
        sql.append(text, at, text.length());
        return new PlaceholderText(text, sql.toString(), unresolved, replaced, origin);
    }

    /** As the server will see it. */
    public String sql() {
        return sql;
    }

    /** One finding for each placeholder that has no value. */
    public List<Finding> unresolved(String script) {
        Lines lines = Lines.of(original);
        return unresolved.stream()
                .map(missing -> {
                    var at = lines.at(missing.offset());
                    return new Finding(
                            ScriptRules.UNRESOLVED_PLACEHOLDER.id(),
                            ScriptRules.UNRESOLVED_PLACEHOLDER.severity(),
                            script,
                            at.line(),
                            at.column(),
                            missing.offset(),
                            missing.length(),
                            "There is no value for the placeholder ${%s}.".formatted(missing.name()),
                            ScriptRules.UNRESOLVED_PLACEHOLDER.whatHappens(),
                            null,
                            null);
                })
                .toList();
    }

    /** The same finding at its place in the original text. */
    public Finding inOriginal(Finding finding) {
        if (finding.line() == 0 || replaced.length == 0) {
            return finding;
        }
        int from = originalOffset(finding.offset());
        int to = originalOffset(finding.offset() + finding.length());
        var at = Lines.of(original).at(from);
        return finding.movedTo(at.line(), at.column(), from, Math.max(0, to - from));
    }

    private int originalOffset(int offset) {
        int found = Arrays.binarySearch(replaced, offset);
        int before = found >= 0 ? found : -found - 2;
        int mapped = before < 0 ? offset : origin[before] + offset - replaced[before];
        // Inside of a value there is no place of its own: the end of its placeholder.
        int next = before + 1;
        return next < origin.length ? Math.min(mapped, origin[next]) : Math.min(mapped, original.length());
    }
}
