package io.slipway.sql.rule;

import io.slipway.sql.ast.Name;
import java.util.Map;
import java.util.Optional;

/** How large the tables are, as far as anybody has said. Names are full ones, schema included. */
public record TableSizes(Map<Name, Size> known) {
    public static final TableSizes UNKNOWN = new TableSizes(Map.of());

    /**
     * @param rows as the planner of PostgreSQL estimates them
     * @param bytes of the table with its indexes
     */
    public record Size(long rows, long bytes) {
        /** Read, rewritten or indexed in well under a second on any server. */
        private static final long SMALL_ROWS = 10_000;

        private static final long SMALL_BYTES = 32L << 20;

        public boolean small() {
            return rows < SMALL_ROWS && bytes < SMALL_BYTES;
        }
    }

    public TableSizes {
        known = Map.copyOf(known);
    }

    public Optional<Size> of(Name table) {
        return Optional.ofNullable(known.get(table));
    }
}
