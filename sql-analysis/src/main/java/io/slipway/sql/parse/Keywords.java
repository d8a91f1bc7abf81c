package io.slipway.sql.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement's words in upper case, quoted things left out: enough to name its kind, and to know whether it can run in
 * a transaction block even when the rest of it cannot be read.
 */
record Keywords(List<String> words) {
    /** What matters stands well before this. */
    private static final int SEARCHED = 2_000;

    private static final Pattern TOKEN = Pattern.compile(
            "--[^\\n\\r]*+|/\\*(?s:.*?)\\*/|\"[^\"]*+\"?+|'[^']*+'?+|(?<word>[\\p{Alpha}_][\\w$]*+)|(?<symbol>[()=])");

    private static final Set<String> MODIFIERS = Set.of(
            "OR",
            "REPLACE",
            "TEMP",
            "TEMPORARY",
            "UNLOGGED",
            "GLOBAL",
            "LOCAL",
            "UNIQUE",
            "RECURSIVE",
            "CONSTRAINT",
            "TRUSTED",
            "PROCEDURAL");

    private static final Set<String> TWO_WORD_OBJECTS =
            Set.of("MATERIALIZED", "EVENT", "ACCESS", "TEXT", "LARGE", "DEFAULT");

    private static final Set<String> CLUSTER_WIDE = Set.of("DATABASE", "TABLESPACE", "SUBSCRIPTION");

    Keywords {
        words = List.copyOf(words);
    }

    static Keywords of(String statement) {
        Matcher matcher = TOKEN.matcher(statement.substring(0, Math.min(statement.length(), SEARCHED)));
        List<String> words = new ArrayList<>();
        while (matcher.find()) {
            if (matcher.group("word") != null || matcher.group("symbol") != null) {
                words.add(matcher.group().toUpperCase(Locale.ROOT));
            }
        }
        return new Keywords(words);
    }

    /** Statements that PostgreSQL knows and the grammar does not, and of which the first words say all there is. */
    boolean unknownToGrammar() {
        return startsWith("ALTER", "SYSTEM") && (word(2).equals("SET") || word(2).equals("RESET"));
    }

    /** {@code CREATE TRIGGER}, {@code ALTER SYSTEM}, {@code GRANT}. */
    String kind() {
        String verb = word(0);
        if (!Set.of("CREATE", "ALTER", "DROP").contains(verb)) {
            return verb.equals("PREPARE") && word(1).equals("TRANSACTION") ? "PREPARE TRANSACTION" : verb;
        }
        int at = 1;
        while (MODIFIERS.contains(word(at))) {
            at++;
        }
        String object = word(at);
        if (TWO_WORD_OBJECTS.contains(object)
                || object.equals("FOREIGN") && word(at + 1).equals("TABLE")
                || object.equals("USER") && word(at + 1).equals("MAPPING")
                || object.equals("OPERATOR") && Set.of("CLASS", "FAMILY").contains(word(at + 1))) {
            object += " " + word(at + 1);
        } else if (object.equals("FOREIGN")) {
            object = "FOREIGN DATA WRAPPER";
        }
        return (verb + " " + object).strip();
    }

    /** Whether PostgreSQL lets it run in a transaction block, as PreventInTransactionBlock in its sources has it. */
    boolean transactional() {
        return switch (word(0)) {
            case "VACUUM", "REPACK" -> false;
            case "CREATE" -> !creates();
            case "DROP" ->
                !(CLUSTER_WIDE.contains(word(1)) || word(1).equals("INDEX") && word(2).equals("CONCURRENTLY"));
            case "ALTER" -> !alters();
            case "REINDEX" -> !reindexes();
            case "CLUSTER" ->
                words.stream()
                        .anyMatch(w -> !Set.of("CLUSTER", "VERBOSE", "(", ")").contains(w));
            case "DISCARD" -> !word(1).equals("ALL");
            case "COMMIT", "ROLLBACK" -> !word(1).equals("PREPARED");
            default -> true;
        };
    }

    private boolean creates() {
        if (word(1).equals("SUBSCRIPTION")) {
            // Without a slot to create on the publisher there is nothing that could not be rolled back.
            return !(sets("CREATE_SLOT", "FALSE") || sets("CONNECT", "FALSE"));
        }
        int index = word(1).equals("UNIQUE") ? 2 : 1;
        return CLUSTER_WIDE.contains(word(1))
                || word(index).equals("INDEX") && word(index + 1).equals("CONCURRENTLY");
    }

    private boolean alters() {
        return switch (word(1)) {
            case "SYSTEM" -> true;
            case "DATABASE" -> words.contains("SET") && words.contains("TABLESPACE");
            case "SUBSCRIPTION" -> words.contains("PUBLICATION") && !sets("REFRESH", "FALSE");
            case "TABLE" -> words.contains("DETACH") && words.getLast().equals("CONCURRENTLY");
            default -> false;
        };
    }

    private boolean reindexes() {
        boolean switchedOff =
                words.contains("(") && List.of("FALSE", "OFF").contains(word(words.indexOf("CONCURRENTLY") + 1));
        return words.contains("CONCURRENTLY") && !switchedOff
                || words.contains("SCHEMA")
                || words.contains("DATABASE")
                || words.contains("SYSTEM");
    }

    private boolean sets(String option, String value) {
        int at = words.indexOf(option);
        return at > 0 && word(at + 1).equals("=") && word(at + 2).equals(value);
    }

    private boolean startsWith(String first, String second) {
        return word(0).equals(first) && word(1).equals(second);
    }

    private String word(int index) {
        return index < words.size() ? words.get(index) : "";
    }
}
