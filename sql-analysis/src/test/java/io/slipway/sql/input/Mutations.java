package io.slipway.sql.input;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Scripts made of sound statements by a few accidents. */
final class Mutations {
    private static final int MOST_STATEMENTS = 4;
    private static final int MOST_ACCIDENTS = 5;

    private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|\\$\\w*\\$|--|/\\*|\\*/|::|[^\\w\\s]");

    /** Between statements. */
    private static final String[] GLUE = {";\n", ";\r\n", ";\r", "; ", ";", "\n", ";;\n-- it's\n", " /* ; */ ;"};

    /** What an editor, a merge or a broken export leaves behind, and what the lexer knows. */
    private static final String[] PIECES = {
        "'",
        "''",
        "\"",
        "$$",
        "$a$",
        "$é$",
        "$1",
        "E'",
        "U&'",
        "U&\"",
        "B'",
        "/*",
        "*/",
        "--",
        ";",
        "\\",
        "\\.\n",
        "\\x ",
        "(",
        ")",
        "[",
        "]",
        ",",
        ".",
        "::",
        ":",
        "=",
        "*",
        "-",
        "+",
        "@",
        "%",
        "\0",
        "\uD83D",
        "\uDE00",
        "\uD83D\uDE00",
        "\r",
        "\n",
        "\r\n",
        "\t",
        "\f",
        "\u000B",
        "\u0085",
        "\u00A0",
        "\u2028",
        "\u3000",
        "\uFEFF",
        "\u0001",
        "\u001A",
        "é",
        "İ",
        "ß",
        "1e",
        "0x",
        "1..2",
        "9223372036854775808",
        "99999999999999999999",
        "-1",
        "''''",
        "\"\"",
        "E'\\",
        " BEGIN ATOMIC ",
        " END ",
        " CASE ",
        " COPY t FROM stdin;\n",
        " AS ",
        " ONLY ",
        " IF EXISTS ",
        " CASCADE ",
        " NULL ",
        " NOT ",
        " CONCURRENTLY ",
        " SELECT ",
        " WHERE ",
        " FROM ",
        " ARRAY ",
        " int ",
        " TABLE ",
        " USING "
    };

    private final List<String> corpus;
    private final RandomGenerator random;

    Mutations(List<String> corpus, RandomGenerator random) {
        this.corpus = corpus;
        this.random = random;
    }

    String script() {
        StringBuilder script = new StringBuilder(random.nextInt(20) == 0 ? "\uFEFF" : "");
        for (int i = random.nextInt(MOST_STATEMENTS); i >= 0; i--) {
            script.append(statement()).append(one(GLUE));
        }
        return random.nextInt(4) == 0 ? script.substring(0, random.nextInt(script.length() + 1)) : script.toString();
    }

    private String statement() {
        List<String> tokens = new ArrayList<>();
        TOKEN.matcher(corpus.get(random.nextInt(corpus.size()))).results().forEach(token -> tokens.add(token.group()));
        for (int i = random.nextInt(MOST_ACCIDENTS); i > 0; i--) {
            happen(tokens);
        }
        return String.join("", tokens);
    }

    private void happen(List<String> tokens) {
        int at = random.nextInt(tokens.size() + 1);
        if (at == tokens.size()) {
            tokens.add(one(PIECES));
            return;
        }
        switch (random.nextInt(8)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.add(at, tokens.get(at));
            case 2 -> tokens.add(random.nextInt(tokens.size()), tokens.remove(at));
            case 3 -> tokens.set(at, one(PIECES));
            case 4 -> tokens.set(at, inside(tokens.get(at)));
            case 5 -> tokens.addAll(at, stretch(tokens));
            case 6 ->
                tokens.subList(at, Math.min(tokens.size(), at + 1 + random.nextInt(6)))
                        .clear();
            default -> tokens.add(at, one(PIECES));
        }
    }

    /** A piece within a token, or in the place of one of its characters. */
    private String inside(String token) {
        int at = random.nextInt(token.length());
        return token.substring(0, at) + one(PIECES) + token.substring(at + random.nextInt(2));
    }

    /** Some tokens of the same statement, several times. */
    private List<String> stretch(List<String> tokens) {
        int from = random.nextInt(tokens.size());
        List<String> part = tokens.subList(from, Math.min(tokens.size(), from + 1 + random.nextInt(5)));
        List<String> all = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            all.addAll(part);
        }
        return all;
    }

    private String one(String[] choice) {
        return choice[random.nextInt(choice.length)];
    }
}
