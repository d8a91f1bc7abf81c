package io.slipway.planner.plan;

import java.util.regex.Pattern;

/**
 * The words by which a script says that it is to run in batches. Whether they are well put is the validator's business; a
 * script that has them anywhere is never planned as one transaction.
 */
final class BatchMark {
    private static final Pattern WORDS = Pattern.compile("slipway\\s*:\\s*batch", Pattern.CASE_INSENSITIVE);

    private BatchMark() {}

    static boolean on(String sql) {
        return WORDS.matcher(sql).find();
    }
}
