package io.slipway.executor.measure;

import io.slipway.contracts.RowChanges;
import io.slipway.executor.session.SessionState;
import io.slipway.sql.effect.LockMode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL tells a session about itself at one moment.
 *
 * @param wal how far the server's write-ahead log is, in bytes; absent where the server does not tell
 * @param relations by their object identifiers, which outlive a change of the name; Flyway's history and the ledger are left out
 * @param history whether it has to do with Flyway's history
 */
record Reading(@Nullable Long wal, SessionState session, Map<Long, Relation> relations, boolean history) {
    Reading {
        relations = Map.copyOf(relations);
    }

    /** A table or view that the session has to do with, and the locks it holds on it. */
    record Relation(String name, RowChanges rows, Set<LockMode> locks) {
        Relation {
            locks = Set.copyOf(locks);
        }

        /** The same with the locks of another row about it. */
        Relation with(Relation other) {
            Set<LockMode> both = new HashSet<>(locks);
            both.addAll(other.locks());
            return new Relation(name, rows, both);
        }
    }

    /** What was written since an earlier reading, where it is known. */
    @Nullable
    Long walSince(Reading earlier) {
        return wal == null || earlier.wal == null ? null : Long.valueOf(wal - earlier.wal);
    }

    /** The rows that were changed in a relation since an earlier reading. */
    RowChanges rowsSince(Reading earlier, long relation) {
        return rows(relation).since(earlier.rows(relation));
    }

    /** Those of all relations. */
    RowChanges rowsSince(Reading earlier) {
        return relations.keySet().stream()
                .map(relation -> rowsSince(earlier, relation))
                .reduce(RowChanges.NONE, RowChanges::plus);
    }

    private RowChanges rows(long relation) {
        Relation known = relations.get(relation);
        return known == null ? RowChanges.NONE : known.rows();
    }
}
