package io.slipway.sql.split;

import io.slipway.sql.source.Span;
import java.util.regex.Pattern;

/**
 * One statement of a script as it stands there, from its first token to its last: without the semicolon, and without
 * comments or white space around it.
 *
 * @param text exactly the characters of the span
 * @param depth how deeply its parentheses and brackets are nested
 */
public record Fragment(String text, Span span, int depth, Ending ending) {
    private static final Pattern SETTING = Pattern.compile("(?:SET|RESET)\\b", Pattern.CASE_INSENSITIVE);

    /** Whether it changes a setting of its session, which no other session gets to know: SET and RESET. */
    public boolean setsSession() {
        return SETTING.matcher(text).lookingAt();
    }

    /** What ended a statement; all but the first three mean that it has no end that can be told. */
    public enum Ending {
        SEMICOLON(""),
        END_OF_SCRIPT(""),
        /** A psql meta-command such as {@code \connect}, which its line ends; PostgreSQL does not know these. */
        META_COMMAND(""),
        UNTERMINATED_STRING("the string that is open at the end of the script has no closing quote"),
        UNTERMINATED_IDENTIFIER("the quoted identifier that is open at the end of the script has no closing quote"),
        UNTERMINATED_DOLLAR_QUOTE("the dollar quote that is open at the end of the script has no closing tag"),
        UNTERMINATED_COMMENT("the comment that is open at the end of the script has no closing */"),
        UNTERMINATED_BODY("the BEGIN ATOMIC body that is open at the end of the script has no END"),
        /** psql would run it after the data, and others take it for data. */
        TEXT_BEHIND_COPY("there is text behind the semicolon of COPY FROM stdin; the data starts on the next line"),
        UNTERMINATED_COPY_DATA("the COPY data at the end of the script has no closing \\. line");

        private final String defect;

        Ending(String defect) {
            this.defect = defect;
        }

        public boolean unterminated() {
            return !defect.isEmpty();
        }

        /** What is missing, in words; empty where nothing is. */
        public String defect() {
            return defect;
        }
    }
}
