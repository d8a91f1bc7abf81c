package io.slipway.sql.split;

import io.slipway.sql.source.Lines;
import io.slipway.sql.split.Fragment.Ending;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a script into statements in one pass, in time linear in its length. Any text is accepted: what the script
 * breaks off in is a fragment as well, and says so.
 */
public final class Splitter {
    private static final int NONE = -1;

    private final String text;
    private final Lexeme lexeme;
    private final Lines lines;
    private final List<Fragment> fragments = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();

    private int at;
    /** Where the current statement started, or {@link #NONE} between statements. */
    private int start = NONE;
    /** Behind the last token of the current statement. */
    private int end;

    private Words words = new Words();

    private Splitter(String text) {
        this.text = text;
        this.lexeme = new Lexeme(text);
        this.lines = Lines.of(text);
    }

    public static SplitScript split(String text) {
        return new Splitter(text).run();
    }

    private SplitScript run() {
        if (lexeme.charAt(0) == '\uFEFF') {
            at = 1;
        }
        while (at < text.length()) {
            step(text.charAt(at));
        }
        if (start != NONE) {
            finish(words.insideBody() ? Ending.UNTERMINATED_BODY : Ending.END_OF_SCRIPT);
        }
        return new SplitScript(fragments, comments, lines);
    }

    private void step(char c) {
        if (Lexeme.isSpace(c)) {
            at++;
        } else if (c == '-' && lexeme.charAt(at + 1) == '-') {
            comment(lexeme.endOfLine(at));
        } else if (c == '/' && lexeme.charAt(at + 1) == '*') {
            comment(lexeme.blockComment(at));
        } else if (c == ';') {
            semicolon();
        } else if (c == '\\' && start == NONE) {
            metaCommand();
        } else {
            token(c);
        }
    }

    private void comment(int to) {
        if (to == Lexeme.OPEN) {
            breakOff(Ending.UNTERMINATED_COMMENT);
            return;
        }
        if (start == NONE) {
            comments.add(new Comment(
                    text.substring(at, to), lines.at(at), lines.at(to).line(), startsLine(at)));
        }
        at = to;
    }

    private boolean startsLine(int offset) {
        int before = offset - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        return before < 0
                || text.charAt(before) == '\n'
                || text.charAt(before) == '\r'
                || text.charAt(before) == '\uFEFF';
    }

    private void semicolon() {
        if (start == NONE) {
            at++;
        } else if (words.holdsSemicolon()) {
            token(';');
        } else {
            at++;
            finish(words.dataFollows() ? copyData() : Ending.SEMICOLON);
        }
    }

    /** Steps over the data that follows {@code COPY ... FROM stdin;} on the next lines, up to {@code \.}. */
    private Ending copyData() {
        String behind = text.substring(at, lexeme.endOfLine(at)).strip();
        boolean alone = behind.isEmpty() || behind.startsWith("--");
        at = lexeme.nextLine(at);
        while (at < text.length()) {
            int line = at;
            at = lexeme.nextLine(at);
            if (text.startsWith("\\.", line) && lexeme.endOfLine(line) == line + 2) {
                return alone ? Ending.SEMICOLON : Ending.TEXT_BEHIND_COPY;
            }
        }
        return Ending.UNTERMINATED_COPY_DATA;
    }

    private void metaCommand() {
        start = at;
        end = lexeme.endOfLine(at);
        at = end;
        while (Lexeme.isSpace(text.charAt(end - 1))) {
            end--;
        }
        finish(Ending.META_COMMAND);
    }

    private void token(char c) {
        if (start == NONE) {
            start = at;
        }
        switch (c) {
            case '\'' -> quoted(lexeme.quoted(at, '\''), Ending.UNTERMINATED_STRING);
            case '"' -> quoted(lexeme.quoted(at, '"'), Ending.UNTERMINATED_IDENTIFIER);
            case '$' -> dollar();
            default -> {
                if (Lexeme.isIdentifierStart(c)) {
                    word();
                } else if (Lexeme.isDigit(c)) {
                    // As one token, so that the dollar in "1$" or "$1$" opens nothing.
                    quoted(lexeme.word(at), Ending.END_OF_SCRIPT);
                } else {
                    words.other(c);
                    end = ++at;
                }
            }
        }
    }

    private void word() {
        int to = lexeme.word(at);
        boolean escapes = to - at == 1 && (text.charAt(at) | 0x20) == 'e' && lexeme.charAt(to) == '\'';
        if (escapes) {
            quoted(lexeme.escaped(to), Ending.UNTERMINATED_STRING);
        } else {
            words.word(text, at, to);
            end = at = to;
        }
    }

    private void dollar() {
        int tagEnd = lexeme.dollarTag(at);
        if (tagEnd == Lexeme.OPEN) {
            quoted(lexeme.word(at + 1), Ending.END_OF_SCRIPT);
        } else {
            quoted(lexeme.dollarQuoted(at, tagEnd), Ending.UNTERMINATED_DOLLAR_QUOTE);
        }
    }

    private void quoted(int to, Ending ifOpen) {
        words.other(' ');
        if (to == Lexeme.OPEN) {
            breakOff(ifOpen);
        } else {
            end = at = to;
        }
    }

    private void breakOff(Ending ending) {
        if (start == NONE) {
            start = at;
        }
        end = at = text.length();
        finish(ending);
    }

    private void finish(Ending ending) {
        fragments.add(new Fragment(text.substring(start, end), lines.span(start, end), words.deepest(), ending));
        start = NONE;
        words = new Words();
    }
}
