package io.slipway.sql.rule;

import io.slipway.sql.ast.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of a statement: keywords and plain names in upper case, quoted names as written, literals as {@code ''},
 * symbols one by one, comments left out. What it says it also says of statements that the parser cannot read.
 */
public final class Phrase {
    /** Rules by words are about short statements; the rest of a long one is data. */
    private static final int READ = 20_000;

    private static final int HEAD = 8;
    private static final Pattern TOKEN = Pattern.compile("--[^\\n\\r]*+|/\\*(?s:.*?)\\*/"
            + "|(?<literal>[eEbBxXnN]?'(?:[^']|'')*+'?+|(?<tag>\\$(?:[\\p{Alpha}_]\\w*+)?\\$)(?s:.*?)(?:\\k<tag>|\\z))"
            + "|(?<quoted>\"(?:[^\"]|\"\")*+\"?+)|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*+)|(?<number>[0-9][\\w.]*+)"
            + "|(?<symbol>[^\\s])");
    private static final Set<String> BEFORE_NAMES = Set.of("IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY", "TABLE");

    private final List<String> words;
    private final String joined;

    private Phrase(List<String> words) {
        this.words = words;
        this.joined = " " + String.join(" ", words) + " ";
    }

    public static Phrase of(String text) {
        Matcher matcher = TOKEN.matcher(text.length() > READ ? text.substring(0, READ) : text);
        List<String> words = new ArrayList<>();
        while (matcher.find()) {
            if (matcher.group("literal") != null) {
                words.add("''");
            } else if (matcher.group("word") != null) {
                words.add(matcher.group().toUpperCase(Locale.ROOT));
            } else if (matcher.group("quoted") != null
                    || matcher.group("number") != null
                    || matcher.group("symbol") != null) {
                words.add(matcher.group());
            }
        }
        return new Phrase(words);
    }

    /** @param sequence words in upper case, one space between them */
    boolean starts(String sequence) {
        return joined.startsWith(sequence, 1) && joined.startsWith(" ", sequence.length() + 1);
    }

    /** Whether the words stand there one after another, as in {@code WITH GRANT OPTION}. */
    boolean has(String sequence) {
        int at = joined.indexOf(sequence);
        while (at > 0) {
            if (joined.charAt(at - 1) == ' ' && joined.startsWith(" ", at + sequence.length())) {
                return true;
            }
            at = joined.indexOf(sequence, at + 1);
        }
        return false;
    }

    boolean matches(Pattern pattern) {
        return pattern.matcher(joined).find();
    }

    /** Words and symbols joined by spaces, as far as the beginning needs them. */
    String head() {
        return words.stream().limit(HEAD).collect(Collectors.joining(" "));
    }

    /** Empty behind the end. */
    String word(int index) {
        return index >= 0 && index < words.size() ? words.get(index) : "";
    }

    int size() {
        return words.size();
    }

    /** The name of the object that stands behind the first such word, or {@code IF EXISTS} and the like behind it. */
    Optional<Name> nameAfter(String word) {
        int at = words.indexOf(word);
        if (at < 0) {
            return Optional.empty();
        }
        at++;
        while (BEFORE_NAMES.contains(word(at))) {
            at++;
        }
        return nameAt(at);
    }

    Optional<Name> nameAt(int at) {
        String first = word(at);
        if (first.isEmpty() || !isName(first)) {
            return Optional.empty();
        }
        return Optional.of(
                word(at + 1).equals(".") && isName(word(at + 2))
                        ? new Name(identifier(first), identifier(word(at + 2)))
                        : Name.of(identifier(first)));
    }

    private static boolean isName(String word) {
        char c = word.isEmpty() ? ' ' : word.charAt(0);
        return c == '"' || c == '_' || Character.isLetter(c);
    }

    private static String identifier(String word) {
        return word.startsWith("\"")
                ? word.substring(1, Math.max(1, word.length() - 1)).replace("\"\"", "\"")
                : word.toLowerCase(Locale.ROOT);
    }
}
