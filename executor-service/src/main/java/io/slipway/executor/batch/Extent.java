package io.slipway.executor.batch;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far through a table the batches are. Whole numbers are taken for evenly spread, which gaps make wrong; by other keys
 * it goes by the number of rows that PostgreSQL has last counted.
 *
 * @param size of a batch
 * @param estimate rows of the table; negative where nobody has counted
 */
record Extent(int size, long estimate) {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
    private static final int ALL = 100;

    /** 0 to 100, which it is at the end only; null where that is not known. */
    @Nullable
    Integer percent(BatchState state) {
        String first = state.first();
        String upper = state.upper();
        String last = state.last();
        if (first == null || upper == null || upper.equals(last)) {
            return ALL;
        }
        if (last == null) {
            return 0;
        }
        if (whole(first) && whole(upper) && whole(last)) {
            return share(
                    new BigInteger(last).subtract(new BigInteger(first)),
                    new BigInteger(upper).subtract(new BigInteger(first)));
        }
        return estimate > 0
                ? share(BigInteger.valueOf((long) state.batches() * size), BigInteger.valueOf(estimate))
                : null;
    }

    private static int share(BigInteger part, BigInteger whole) {
        return whole.signum() <= 0
                ? 0
                : Math.clamp(
                        part.multiply(BigInteger.valueOf(ALL)).divide(whole).longValue(), 0, ALL - 1);
    }

    private static boolean whole(String key) {
        return WHOLE.matcher(key).matches();
    }
}
