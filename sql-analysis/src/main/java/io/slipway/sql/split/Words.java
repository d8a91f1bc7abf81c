package io.slipway.sql.split;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a statement's words say about where it ends: bodies of SQL functions, rules, and COPY with its data behind. */
final class Words {
    /** {@code CREATE OR REPLACE FUNCTION}: no more words are needed to know a statement's kind. */
    private static final int HEAD = 4;

    private final List<String> head = new ArrayList<>(HEAD);
    private String previous = "";
    private boolean fromStdin;
    private int bodyDepth;
    private int depth;
    private int deepest;

    void word(String text, int from, int to) {
        // The longest words that matter are "procedure" and "function"; longer ones are names.
        String word = to - from > 9 ? "" : text.substring(from, to).toLowerCase(Locale.ROOT);
        if (head.size() < HEAD) {
            head.add(word);
        }
        fromStdin |= previous.equals("from") && word.equals("stdin");
        if (bodyDepth == 0) {
            if (previous.equals("begin") && word.equals("atomic") && createsRoutine()) {
                bodyDepth = 1;
            }
        } else if (word.equals("case")) {
            bodyDepth++;
        } else if (word.equals("end")) {
            bodyDepth--;
        }
        previous = word;
    }

    void other(char c) {
        if (head.isEmpty()) {
            // What starts with a symbol is no statement that the first word behind it names.
            head.add("");
        }
        if (c == '(' || c == '[') {
            deepest = Math.max(deepest, ++depth);
        } else if (c == ')' || c == ']') {
            depth--;
        }
        previous = "";
    }

    /**
     * Whether a semicolon here belongs to the statement. Elsewhere than in the commands of a rule, parentheses do not
     * protect it, so that one which is never closed does not swallow the rest of the script.
     */
    boolean holdsSemicolon() {
        return bodyDepth > 0 || depth > 0 && creates("rule");
    }

    int deepest() {
        return deepest;
    }

    boolean insideBody() {
        return bodyDepth > 0;
    }

    boolean dataFollows() {
        return fromStdin && !head.isEmpty() && head.getFirst().equals("copy");
    }

    private boolean createsRoutine() {
        return creates("function") || creates("procedure");
    }

    private boolean creates(String what) {
        if (head.size() < 2 || !head.getFirst().equals("create")) {
            return false;
        }
        boolean replaces = head.get(1).equals("or");
        return replaces
                ? head.size() == HEAD && head.get(3).equals(what)
                : head.get(1).equals(what);
    }
}
