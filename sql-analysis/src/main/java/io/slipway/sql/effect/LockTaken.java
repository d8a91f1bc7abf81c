package io.slipway.sql.effect;

import io.slipway.sql.ast.Name;

/**
 * A lock on one relation. Of several on the same relation only those are told that another does not cover.
 *
 * @param relation with its schema, as it is called before the statement
 * @param created whether the statement creates the relation, or an earlier one of the plan has, so that nobody waits
 */
public record LockTaken(Name relation, Target target, LockMode mode, Hold hold, boolean created) {

    /** What is locked. */
    public enum Target {
        TABLE,
        INDEX,
        VIEW,
        SEQUENCE
    }

    /** How long the lock stays. */
    public enum Hold {
        /** Until the transaction ends, and so while all later statements of it run. */
        TRANSACTION,
        /** Until the statement ends: it runs in transactions of its own. */
        STATEMENT
    }
}
