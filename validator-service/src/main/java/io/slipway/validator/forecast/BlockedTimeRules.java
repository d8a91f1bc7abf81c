package io.slipway.validator.forecast;

import io.slipway.sql.ast.Name;
import io.slipway.sql.effect.IndexBuild;
import io.slipway.sql.effect.Rewrite;
import io.slipway.sql.effect.StatementEffects;
import io.slipway.sql.effect.TableScan;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * For how long statements work, by the size of the tables that they read and write. The rates are those of one ordinary
 * volume: an approval needs the order of magnitude.
 */
final class BlockedTimeRules {
    private static final long MIB = 1024 * 1024;
    private static final long REWRITTEN_PER_SECOND = 40 * MIB;
    private static final long INDEXED_PER_SECOND = 60 * MIB;
    private static final long SCANNED_PER_SECOND = 250 * MIB;
    private static final long MILLIS = 1_000;

    private BlockedTimeRules() {}

    /**
     * Nothing where a size is missing.
     *
     * @param whileHeld the statements that run while the lock is held
     * @param bytes of a table with its indexes; negative where that is not known
     */
    static @Nullable Duration estimate(List<StatementEffects> whileHeld, ToLongFunction<Name> bytes) {
        double seconds = 0;
        for (StatementEffects effects : whileHeld) {
            for (TableScan scan : effects.scans()) {
                seconds += scan.passes() * took(bytes.applyAsLong(scan.relation()), SCANNED_PER_SECOND);
            }
            for (Rewrite rewrite : effects.rewrites()) {
                if (rewrite.copied()) {
                    seconds += took(bytes.applyAsLong(rewrite.relation()), REWRITTEN_PER_SECOND);
                }
            }
            for (IndexBuild build : effects.indexBuilds()) {
                if (!build.reused() && !effects.rewrites(build.table())) {
                    seconds += took(bytes.applyAsLong(build.table()), INDEXED_PER_SECOND);
                }
            }
        }
        return Double.isNaN(seconds) ? null : Duration.ofMillis(Math.round(seconds * MILLIS));
    }

    /** No number where the size is not known, which no sum can hide. */
    private static double took(long bytes, long perSecond) {
        return bytes < 0 ? Double.NaN : (double) bytes / perSecond;
    }
}
