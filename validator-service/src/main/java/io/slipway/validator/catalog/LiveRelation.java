package io.slipway.validator.catalog;

import io.slipway.sql.ast.Name;
import org.jspecify.annotations.Nullable;

/**
 * A relation of the target.
 *
 * @param wanted how the plan names it, or that of which it is a part; absent for one that is only related
 * @param ours whether the role that asked has the rights of its owner
 * @param rows an estimate; 0 where nobody has counted
 * @param bytes of a relation that the plan is about: with indexes and TOAST
 */
public record LiveRelation(
        long oid,
        Name name,
        Kind kind,
        Concern concern,
        @Nullable Name wanted,
        String owner,
        boolean ours,
        long rows,
        long bytes) {

    /** As {@code pg_class.relkind} has it. */
    public enum Kind {
        TABLE("r"),
        PARTITIONED_TABLE("p"),
        INDEX("i"),
        PARTITIONED_INDEX("I"),
        SEQUENCE("S"),
        VIEW("v"),
        MATERIALIZED_VIEW("m"),
        FOREIGN_TABLE("f"),
        COMPOSITE_TYPE("c"),
        TOAST("t");

        private final String letter;

        Kind(String letter) {
            this.letter = letter;
        }

        static Kind of(String letter) {
            for (Kind kind : values()) {
                if (kind.letter.equals(letter)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("PostgreSQL has a kind of relation that is not known: " + letter);
        }
    }

    /** What it has to do with the plan. */
    public enum Concern {
        /** The plan names it. */
        NAMED,
        /** A partition or child of a named one, or the table of a named index. */
        PART,
        /** A foreign key leads from or to it, or it has a column of a type that the plan mentions. */
        RELATED
    }

    public boolean concerned() {
        return concern != Concern.RELATED;
    }
}
