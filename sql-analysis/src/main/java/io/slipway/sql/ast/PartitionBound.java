package io.slipway.sql.ast;

import java.util.List;

/**
 * Which rows a partition takes.
 *
 * @param from of a range, the values of a list; as written
 * @param to of a range
 */
public record PartitionBound(Kind kind, List<String> from, List<String> to) {
    /** How the rows are told. */
    public enum Kind {
        DEFAULT,
        RANGE,
        LIST,
        HASH
    }

    public PartitionBound {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }
}
