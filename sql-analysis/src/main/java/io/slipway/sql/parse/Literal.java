package io.slipway.sql.parse;

import io.slipway.sql.ast.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A string constant as it stands in the script.
 *
 * @param content without its quotes, doubled quotes and escapes resolved
 * @param offset where the content starts within the constant
 * @param verbatim whether the content stands in the script character by character, so that places in it can be told
 */
record Literal(String content, int offset, boolean verbatim) {

    static Literal of(String written) {
        int dollar = written.startsWith("$") ? written.indexOf('$', 1) + 1 : 0;
        if (dollar > 0 && written.length() >= 2 * dollar) {
            return new Literal(written.substring(dollar, written.length() - dollar), dollar, true);
        }
        int quote = written.indexOf('\'');
        int close = written.lastIndexOf('\'');
        if (quote < 0 || close <= quote) {
            return new Literal(written, 0, true);
        }
        String inner = written.substring(quote + 1, close);
        boolean escapes = quote > 0 && inner.indexOf('\\') >= 0;
        boolean doubled = inner.indexOf('\'') >= 0;
        String content = doubled ? inner.replace("''", "'") : inner;
        return new Literal(escapes ? content.replace("\\'", "'") : content, quote + 1, !escapes && !doubled);
    }

    /** The name that the constant stands for, as {@code regclass} reads it. */
    Name asName() {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (char c : content.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(quoted ? c : String.valueOf(c).toLowerCase(Locale.ROOT));
            }
        }
        parts.add(part.toString());
        return SourceText.qualified(parts);
    }
}
