package io.slipway.validator.forecast;

import io.slipway.sql.ast.Name;
import io.slipway.sql.effect.StatementEffects;
import java.time.Duration;

/**
 * For how long a statement works on a table while it holds its lock, by the size of the table. The rates are those of an
 * ordinary cloud volume: half of the truth is the order of magnitude, and that is what an approval needs.
 */
final class BlockedTimeRules {
    private static final long MIB = 1024 * 1024;
    private static final long REWRITTEN_PER_SECOND = 40 * MIB;
    private static final long INDEXED_PER_SECOND = 60 * MIB;
    private static final long SCANNED_PER_SECOND = 250 * MIB;

    private BlockedTimeRules() {}

    /** @param bytes with indexes and TOAST */
    static Duration estimate(StatementEffects effects, Name table, long bytes) {
        double seconds = 0;
        if (effects.rewrites().stream()
                .anyMatch(rewrite -> rewrite.copied() && rewrite.relation().equals(table))) {
            seconds += (double) bytes / REWRITTEN_PER_SECOND;
        }
        seconds += (double) bytes
                * effects.indexBuilds().stream()
                        .filter(build -> !build.reused() && build.table().equals(table))
                        .count()
                / INDEXED_PER_SECOND;
        seconds += (double) bytes
                * effects.scans().stream()
                        .filter(scan -> scan.relation().equals(table))
                        .mapToInt(scan -> scan.passes())
                        .sum()
                / SCANNED_PER_SECOND;
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
