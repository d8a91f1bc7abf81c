package io.slipway.validator.check.relation;

import io.slipway.validator.catalog.LiveRelations;
import io.slipway.validator.check.outcome.Judgement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** The checks of the tables that a plan is about. */
public final class RelationChecks {
    private RelationChecks() {}

    public static Judgement locks(Connection target, LiveRelations relations, long limit) throws SQLException {
        return RelationPolicy.locks(RelationStateStore.locks(target, relations), limit);
    }

    public static Judgement autovacuum(Connection target, LiveRelations relations, long limit) throws SQLException {
        return RelationPolicy.autovacuum(RelationStateStore.vacuums(target, relations), limit);
    }

    /** @param words identifiers of the plan: an index that it mentions is its own business */
    public static Judgement invalidIndexes(Connection target, LiveRelations relations, Set<String> words, long limit)
            throws SQLException {
        return RelationPolicy.invalidIndexes(
                RelationStateStore.invalidIndexes(target, relations),
                index -> words.contains(index.name().local()),
                limit);
    }

    public static Judgement sequences(Connection target, LiveRelations relations, long limit) throws SQLException {
        return RelationPolicy.sequences(RelationStateStore.sequences(target, relations), limit);
    }
}
