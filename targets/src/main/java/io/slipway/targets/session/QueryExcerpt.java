package io.slipway.targets.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of a statement of somebody else, up to where its first value or comment may begin. Row data must not enter an event, and
 * nothing that is cut off can be a value.
 */
public final class QueryExcerpt {
    private static final int LONGEST = 80;
    private static final Pattern VALUE =
            Pattern.compile("['$]|--|/\\*|(?<![\\w\"])[-+.]*\\d|\\bVALUES\\b", Pattern.CASE_INSENSITIVE);

    private QueryExcerpt() {}

    public static String of(String query) {
        Matcher value = VALUE.matcher(query);
        int end = value.find() ? value.start() : query.length();
        String text = query.substring(0, end).replaceAll("\\s+", " ").strip();
        String shown =
                text.length() <= LONGEST ? text : text.substring(0, LONGEST).strip();
        return shown.length() < query.strip().length() && !shown.isEmpty() ? shown + " ..." : shown;
    }
}
