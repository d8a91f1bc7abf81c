package io.slipway.sql.rule;

import java.util.regex.Pattern;

/**
 * What Flyway 12 takes for a statement that cannot run in a transaction: by these expressions of its own, and by nothing
 * else, on PostgreSQL 12 and later.
 */
final class FlywayParser {
    private static final Pattern NON_TRANSACTIONAL =
            Pattern.compile("(CREATE|DROP) (DATABASE|TABLESPACE|SUBSCRIPTION)\\b.*"
                    + "|ALTER SYSTEM\\b.*"
                    + "|(CREATE|DROP)( UNIQUE)? INDEX CONCURRENTLY\\b.*"
                    + "|REINDEX( VERBOSE)? (SCHEMA|DATABASE|SYSTEM)\\b.*"
                    + "|VACUUM\\b.*"
                    + "|DISCARD ALL\\b.*");

    private FlywayParser() {}

    static boolean seesNonTransactional(Phrase phrase) {
        return switch (phrase.word(0)) {
            case "CREATE", "DROP", "ALTER", "REINDEX", "VACUUM", "DISCARD" ->
                NON_TRANSACTIONAL.matcher(phrase.head()).matches();
            default -> false;
        };
    }
}
