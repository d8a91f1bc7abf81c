package io.slipway.contracts;

import java.util.Set;

/** The ids of findings that are the validator's own: no rule of scripts makes them, and a policy may name them like rules. */
public final class FindingIds {
    /** PostgreSQL refuses a statement on a copy of the schema. */
    public static final String REHEARSAL_FAILED = "rehearsal-failed";

    /** The text has a placeholder and the request no value for it. */
    public static final String UNRESOLVED_PLACEHOLDER = "unresolved-placeholder";

    /** The plan is not what its digest was made of. */
    public static final String PLAN_DIGEST_MISMATCH = "plan-digest-mismatch";

    /** The validator has failed. */
    public static final String PLAN_NOT_JUDGED = "plan-not-judged";

    /** There are more findings than the verdict has. */
    public static final String FINDINGS_LEFT_OUT = "findings-left-out";

    /** All of them. */
    public static final Set<String> ALL =
            Set.of(REHEARSAL_FAILED, UNRESOLVED_PLACEHOLDER, PLAN_DIGEST_MISMATCH, PLAN_NOT_JUDGED, FINDINGS_LEFT_OUT);

    private FindingIds() {}
}
