package io.slipway.validator.check.relation;

/**
 * How far a column's sequence has come.
 *
 * @param column such as {@code public.orders.id}
 * @param most the last value that fits both the sequence and the type of the column
 * @param last 0 before the first
 * @param visible whether the role may read the sequence
 */
record SequenceUse(String sequence, String column, String type, long most, long last, boolean visible) {

    /** Without overflow: both are up to 2^63. */
    long percent() {
        return most <= 0 || last <= 0 ? 0 : (long) (last * 100.0 / most);
    }
}
