package io.slipway.sql.ast;

import java.util.List;

/** How a table is cut into partitions. @param columns the plain columns of its key; expressions are left out */
public record Partitioning(Strategy strategy, List<String> columns) {
    public enum Strategy {
        RANGE,
        LIST,
        HASH
    }

    public Partitioning {
        columns = List.copyOf(columns);
    }
}
