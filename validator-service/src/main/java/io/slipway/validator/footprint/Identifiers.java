package io.slipway.validator.footprint;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything in a text that may be a name, strings and comments not excepted: the body of a function names tables, too,
 * and so does {@code nextval('..')}.
 */
final class Identifiers {
    private static final Pattern NAME = Pattern.compile("\"((?:[^\"]|\"\"){1,63})\"|[\\p{L}_][\\p{L}\\p{N}_$]*");

    private Identifiers() {}

    static Set<String> of(String sql) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = NAME.matcher(sql);
        while (matcher.find()) {
            String quoted = matcher.group(1);
            if (quoted == null) {
                names.add(matcher.group().toLowerCase(Locale.ROOT));
            } else {
                names.add(quoted.replace("\"\"", "\""));
                // What looks quoted may be the inside of a JSON string or of a comment.
                names.add(quoted.toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
