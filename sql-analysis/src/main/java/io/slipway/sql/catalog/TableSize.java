package io.slipway.sql.catalog;

/** How large a table is; both figures are estimates. @param bytes with its indexes and its TOAST table */
public record TableSize(long rows, long bytes) {
    public TableSize {
        if (rows < 0 || bytes < 0) {
            throw new IllegalArgumentException("Expected rows and bytes >= 0, found %d, %d".formatted(rows, bytes));
        }
    }
}
