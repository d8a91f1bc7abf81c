package io.slipway.sql.split;

/**
 * Finds where a quoted thing or a comment ends. All methods take the offset of its first character and return the
 * offset behind its last, or {@link #OPEN} when the text ends before it does.
 */
final class Lexeme {
    static final int OPEN = -1;

    private final String text;

    Lexeme(String text) {
        this.text = text;
    }

    /** A literal or identifier in which only the doubled quote stands for itself. */
    int quoted(int from, char quote) {
        int at = from + 1;
        while (true) {
            int end = text.indexOf(quote, at);
            if (end < 0) {
                return OPEN;
            }
            if (charAt(end + 1) != quote) {
                return end + 1;
            }
            at = end + 2;
        }
    }

    /** An {@code E''} string, from its quote; it keeps its escapes when it goes on after a line break. */
    int escaped(int from) {
        int end = escapedPart(from);
        while (end != OPEN) {
            int next = continuation(end);
            if (next == OPEN) {
                return end;
            }
            end = escapedPart(next);
        }
        return OPEN;
    }

    private int escapedPart(int from) {
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '\'') {
                if (charAt(i + 1) != '\'') {
                    return i + 1;
                }
                i++;
            }
        }
        return OPEN;
    }

    /** The offset of the quote with which a string goes on after white space with a line break in it. */
    private int continuation(int from) {
        boolean broken = false;
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at))) {
            broken |= text.charAt(at) == '\n' || text.charAt(at) == '\r';
            at++;
        }
        return broken && charAt(at) == '\'' ? at : OPEN;
    }

    /** The opening tag of a dollar quote, {@code $$} or {@code $tag$}; {@link #OPEN} when this dollar opens none. */
    int dollarTag(int from) {
        int at = from + 1;
        if (isIdentifierStart(charAt(at))) {
            while (isIdentifierStart(charAt(at)) || isDigit(charAt(at))) {
                at++;
            }
        }
        return charAt(at) == '$' ? at + 1 : OPEN;
    }

    int dollarQuoted(int from, int tagEnd) {
        int close = text.indexOf(text.substring(from, tagEnd), tagEnd);
        return close < 0 ? OPEN : close + tagEnd - from;
    }

    /** Block comments nest. */
    int blockComment(int from) {
        int depth = 1;
        int at = from + 2;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '*' && charAt(at + 1) == '/') {
                at += 2;
                if (--depth == 0) {
                    return at;
                }
            } else if (c == '/' && charAt(at + 1) == '*') {
                at += 2;
                depth++;
            } else {
                at++;
            }
        }
        return OPEN;
    }

    /** The offset of the line break that ends this line, or of the end of the text. */
    int endOfLine(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    /** The offset at which the next line starts. */
    int nextLine(int from) {
        int end = endOfLine(from);
        return charAt(end) == '\r' && charAt(end + 1) == '\n' ? end + 2 : Math.min(end + 1, text.length());
    }

    int word(int from) {
        int at = from;
        while (isIdentifierStart(charAt(at)) || isDigit(charAt(at)) || charAt(at) == '$') {
            at++;
        }
        return at;
    }

    /** NUL behind the end of the text, which no caller looks for. */
    char charAt(int at) {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isIdentifierStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= '\u0080';
    }
}
