package io.slipway.policy;

/**
 * How versions may be taken back.
 *
 * @param onFailure whether a migration that failed half-way is taken back without anybody asking
 */
public record RollbackRule(DerivedUndo derivedUndo, boolean onFailure) {

    /** What becomes of a rollback with undo scripts that nobody wrote. */
    public enum DerivedUndo {
        /** They are not used. */
        REFUSE,
        /** They run once someone has approved them. */
        APPROVE,
        /** They run like others. */
        ALLOW
    }
}
