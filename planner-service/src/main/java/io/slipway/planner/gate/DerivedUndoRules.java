package io.slipway.planner.gate;

import io.slipway.contracts.Failure;
import io.slipway.policy.ApprovalRule;
import io.slipway.policy.RollbackRule.DerivedUndo;
import io.slipway.policy.TargetPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whose approval undo scripts need that nobody wrote: one of those whom the target's approvals name at all, or, where it
 * has none, of anyone but the requester.
 */
final class DerivedUndoRules {
    /** As long as any approval for which policy does not say. */
    private static final Duration EXPIRES = Duration.ofHours(24);

    /** Sentences in a hold; the plan has them all. */
    private static final int MOST = 5;

    private DerivedUndoRules() {}

    /** Where policy has come to refuse them since the plan was made. */
    static Optional<Failure> refused(TargetPolicy policy, WayBack wayBack) {
        return policy.rollback().derivedUndo() != DerivedUndo.REFUSE
                        || wayBack.derived().isEmpty()
                ? Optional.empty()
                : Optional.of(Failure.of(
                        "DERIVED_UNDO_REFUSED",
                        "The plan uses undo scripts that nobody wrote, which the policy of this target refuses: derived from %s."
                                .formatted(scripts(wayBack)),
                        "Send undo scripts of your own with the request."));
    }

    private static String scripts(WayBack wayBack) {
        return wayBack.derived().stream()
                .map(undo -> "'%s'".formatted(undo.script()))
                .collect(Collectors.joining(", "));
    }

    static boolean asks(TargetPolicy policy, WayBack wayBack) {
        return policy.rollback().derivedUndo() == DerivedUndo.APPROVE
                && !wayBack.derived().isEmpty();
    }

    static boolean entitled(String person, TargetPolicy policy) {
        List<ApprovalRule> rules = policy.approvals();
        return rules.isEmpty() || rules.stream().anyMatch(rule -> rule.people().contains(person));
    }

    static Set<String> people(Candidate run, TargetPolicy policy, Instant now) {
        return ApprovalRules.people(run, person -> entitled(person, policy), EXPIRES, now);
    }

    static Set<String> roles(TargetPolicy policy) {
        return policy.approvals().stream()
                .flatMap(rule -> rule.roles().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String wanted(WayBack wayBack, TargetPolicy policy) {
        Set<String> roles = roles(policy);
        String whose = roles.isEmpty()
                ? "someone else than the requester"
                : roles.stream().map("'%s'"::formatted).collect(Collectors.joining(" or "));
        List<String> losses = wayBack.derived().stream()
                .flatMap(undo -> undo.losses().stream().map(loss -> undo.script() + ": " + loss))
                .toList();
        String lost = losses.isEmpty()
                ? "nothing is known to be lost"
                : losses.stream().limit(MOST).collect(Collectors.joining(" "));
        String more = losses.size() > MOST ? " And %d more.".formatted(losses.size() - MOST) : "";
        return "an approval of %s for undo scripts that nobody wrote, derived from %s (%s%s)"
                .formatted(whose, scripts(wayBack), lost, more);
    }
}
