package io.slipway.executor.lock;

import java.util.regex.Pattern;

/** How a statement outside a transaction may wait for its locks, told from its text without its comments. */
final class LooseRules {
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern CONCURRENTLY =
            Pattern.compile("^(CREATE|DROP|REINDEX|REFRESH)\\b.*\\bCONCURRENTLY\\b", flags());
    private static final Pattern NOT_AGAIN =
            Pattern.compile("^(CALL|DO)\\b|^ALTER\\b.*\\bDETACH\\b|^COPY\\b.*\\bFROM\\s+STDIN\\b", flags());

    private LooseRules() {}

    /** The ways to wait. */
    enum Wait {
        /** Steps aside and tries again: a statement that fails has no effect. */
        AGAIN,
        /** Steps aside and fails, because a second one would not find what the first one did. */
        ONCE,
        /**
         * Waits where it is: readers and writers pass it, and it would have to begin from nothing, which it does only when PostgreSQL
         * has ended it for a deadlock. A refresh lets readers pass only, but writers of a materialized view are other refreshes.
         */
        PATIENTLY
    }

    static Wait of(String statement) {
        String sql = COMMENT.matcher(statement).replaceAll(" ").strip();
        if (CONCURRENTLY.matcher(sql).find()) {
            return Wait.PATIENTLY;
        }
        return NOT_AGAIN.matcher(sql).find() ? Wait.ONCE : Wait.AGAIN;
    }

    private static int flags() {
        return Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    }
}
