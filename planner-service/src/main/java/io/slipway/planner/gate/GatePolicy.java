package io.slipway.planner.gate;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Hold;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.TableLock;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.event.RunReleased.Backup;
import io.slipway.policy.Opening;
import io.slipway.policy.TargetPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a validated run may go now. First what no waiting changes, then approvals, which take people, then the
 * window, so that a run whose window opens at night has its approvals by then. {@code force} passes over checks that only
 * policy asks for and over windows; approvals, blocked rules and the backup of something irreversible hold against it. The
 * rollback of a run that failed half-way needs neither approval nor window, as far as it is what was approved with the run.
 */
public final class GatePolicy {
    static final String WINDOW = "window";
    static final String CHECK = "check:";
    static final String APPROVAL = "approval";

    private static final String RULE_BLOCKED = "RULE_BLOCKED";

    private GatePolicy() {}

    public static Gate decide(Candidate run, TargetPolicy policy, Instant now) {
        List<String> skipped = new ArrayList<>();
        Optional<Failure> refused = DerivedUndoRules.refused(policy, run.wayBack())
                .or(() -> blocked(run, policy))
                .or(() -> tooLarge(run, policy))
                .or(() -> tooLong(run, policy))
                .or(() -> unchecked(run, policy, skipped));
        if (refused.isPresent()) {
            return new Gate.Refused(refused.get());
        }
        List<String> approvedBy = new ArrayList<>();
        Optional<Hold> unapproved = ApprovalRules.missing(run, policy, now, approvedBy);
        if (unapproved.isPresent()) {
            if (!run.wayBack().foreseen()) {
                return new Gate.Shut(unapproved.get());
            }
            skipped.add(APPROVAL);
        }
        if (policy.windows().at(now, run.estimate()) instanceof Opening.Closed closed) {
            if (!run.force() && !run.wayBack().foreseen()) {
                return new Gate.Shut(new Hold(Hold.Reason.WINDOW, closed.why(), null, closed.opens()));
            }
            skipped.add(WINDOW);
        }
        return new Gate.Open(skipped, approvedBy, backup(run, policy));
    }

    private static Optional<Failure> blocked(Candidate run, TargetPolicy policy) {
        if (!run.mayHaveFound(policy.blockedRules())) {
            return Optional.empty();
        }
        return Optional.of(
                policy.blockedRules().stream()
                        .filter(run.rules()::contains)
                        .findFirst()
                        .map(rule -> Failure.of(
                                RULE_BLOCKED,
                                "The policy of this target lets nothing pass in which rule '%s' finds something."
                                        .formatted(rule),
                                "Change the scripts as the finding says; 'slipway explain %s' tells more."
                                        .formatted(rule)))
                        .orElseGet(
                                () -> Failure.of(
                                        RULE_BLOCKED,
                                        "The verdict has more findings than it can carry, so that one of a rule which the policy of this target blocks may be among those left out.",
                                        "Change the scripts so that fewer findings are left, or apply them in parts, such as with 'count'.")));
    }

    private static Optional<Failure> tooLarge(Candidate run, TargetPolicy policy) {
        Integer most = policy.limits().statements();
        int statements = run.verdict().statements();
        return most == null || statements <= most
                ? Optional.empty()
                : Optional.of(Failure.of(
                        "TOO_MANY_STATEMENTS",
                        "The plan has %d statements, but the policy of this target allows %d in one run."
                                .formatted(statements, most),
                        "Apply it in parts, such as with 'count'."));
    }

    private static Optional<Failure> tooLong(Candidate run, TargetPolicy policy) {
        Duration most = policy.limits().blockedTime();
        return most == null
                ? Optional.empty()
                : run.verdict().locks().stream()
                        .filter(lock ->
                                lock.blockedFor() != null && lock.blockedFor().compareTo(most) > 0)
                        .findFirst()
                        .map(lock -> blockedTooLong(lock, most));
    }

    private static Failure blockedTooLong(TableLock lock, Duration most) {
        return Failure.of(
                "BLOCKED_TOO_LONG",
                "Line %d of '%s' is estimated to block %s of table '%s' for %s, but the policy of this target allows %s."
                        .formatted(lock.line(), lock.script(), lock.blocks(), lock.table(), lock.blockedFor(), most),
                "Change the table in steps; the findings of the run have the safe form of the statement.");
    }

    private static Optional<Failure> unchecked(Candidate run, TargetPolicy policy, List<String> skipped) {
        for (String name : policy.requiredChecks()) {
            if (!passed(name, run.verdict())) {
                if (!run.force()) {
                    return Optional.of(unchecked(name, run.verdict()));
                }
                skipped.add(CHECK + name);
            }
        }
        return Optional.empty();
    }

    private static boolean passed(String name, Verdict verdict) {
        return verdict.checks().stream().anyMatch(check -> check.name().equals(name) && check.passed());
    }

    private static Failure unchecked(String name, Verdict verdict) {
        String found = verdict.checks().stream()
                .filter(check -> check.name().equals(name))
                .map(PreMigrationCheck::detail)
                .findFirst()
                .orElse("the validator does not make it");
        return Failure.of(
                "CHECK_REQUIRED",
                "The policy of this target requires the check '%s', which has not passed: %s.".formatted(name, found),
                "Remedy what it found and send a new request; 'force' passes over checks that only policy requires.");
    }

    /** What cannot be undone is backed up, whatever policy or force say. */
    private static @Nullable Backup backup(Candidate run, TargetPolicy policy) {
        if (run.verdict().reversibility() == Verdict.Reversibility.RED) {
            return Backup.REQUIRED;
        }
        return switch (policy.backup()) {
            case ALWAYS -> Backup.REQUIRED;
            case IRREVERSIBLE, NEVER -> Backup.LEFT_OUT;
            case UNSET -> null;
        };
    }
}
