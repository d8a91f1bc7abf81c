package io.slipway.sql.parse;

import java.util.regex.Pattern;

/**
 * Valid PostgreSQL that the grammar lacks, put in words that it knows. The text keeps its length where positions inside
 * the statement matter.
 */
final class GrammarGaps {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE;
    private static final Pattern QUOTED_LANGUAGE = Pattern.compile("\\b(language\\s+)'(\\w+)'", FLAGS);
    private static final Pattern ROUTINE = Pattern.compile("^(alter|drop)\\s+routine\\b", FLAGS);
    private static final Pattern SEQUENCE_TYPE =
            Pattern.compile("^((?:alter|create)\\s[^'\"]*?sequence\\b[^'\"]*?\\bas\\s+)int[248]?\\b", FLAGS);

    /** Where a sequence says its type. The pattern tries all pairs of words, so it must not get more to look at. */
    private static final int HEAD = 2_000;

    private GrammarGaps() {}

    static String bridge(String statement) {
        String text = QUOTED_LANGUAGE.matcher(statement).replaceAll("$1 $2 ");
        text = ROUTINE.matcher(text).replaceFirst("$1 FUNCTION");
        int head = Math.min(text.length(), HEAD);
        return SEQUENCE_TYPE.matcher(text.substring(0, head)).replaceFirst("$1integer") + text.substring(head);
    }
}
