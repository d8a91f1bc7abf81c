package io.slipway.planner.gate;

import io.slipway.contracts.Hold;
import io.slipway.contracts.Plan;
import io.slipway.policy.ApprovalRule;
import io.slipway.policy.TargetPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whose approval a run needs, and which ones count. */
public final class ApprovalRules {
    private ApprovalRules() {}

    /** Whether any run of a target may wait for someone's approval. */
    public static boolean awaited(TargetPolicy policy, WayBack wayBack) {
        return !policy.approvals().isEmpty() || DerivedUndoRules.asks(policy, wayBack);
    }

    /** Whether someone's approval can count for this run of a target. */
    public static boolean entitled(String person, TargetPolicy policy, WayBack wayBack) {
        return policy.approvals().stream().anyMatch(rule -> rule.people().contains(person))
                || DerivedUndoRules.asks(policy, wayBack) && DerivedUndoRules.entitled(person, policy);
    }

    /** Nobody approves what they asked for; names differ in more than upper and lower case. */
    public static boolean own(String person, String requestedBy) {
        return person.strip().equalsIgnoreCase(requestedBy.strip());
    }

    /**
     * What is still to be approved.
     *
     * @param approvedBy takes the names of those whose approvals count
     */
    static Optional<Hold> missing(Candidate run, TargetPolicy policy, Instant now, List<String> approvedBy) {
        Set<String> counted = new TreeSet<>();
        Set<String> roles = new TreeSet<>();
        List<String> wanted = new ArrayList<>();
        for (ApprovalRule rule : policy.approvals()) {
            if (meant(rule, run)) {
                Set<String> people = people(run, rule, now);
                counted.addAll(people);
                if (people.size() < rule.count()) {
                    roles.addAll(rule.roles());
                    wanted.add(wanted(rule, people));
                }
            }
        }
        if (DerivedUndoRules.asks(policy, run.wayBack())) {
            Set<String> people = DerivedUndoRules.people(run, policy, now);
            counted.addAll(people);
            if (people.isEmpty()) {
                roles.addAll(DerivedUndoRules.roles(policy));
                wanted.add(DerivedUndoRules.wanted(run.wayBack(), policy));
            }
        }
        approvedBy.addAll(counted);
        return wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Hold(
                        Hold.Reason.APPROVAL,
                        "Plan %s needs %s.".formatted(run.plan(), String.join(" and ", wanted)),
                        null,
                        null,
                        List.copyOf(roles)));
    }

    private static boolean meant(ApprovalRule rule, Candidate run) {
        List<String> asked = rule.when().rules();
        Set<String> found = run.mayHaveFound(asked) ? Set.copyOf(asked) : Set.of();
        return rule.when().matches(run.risk(), found, run.kind() == Plan.Kind.ROLLBACK);
    }

    private static Set<String> people(Candidate run, ApprovalRule rule, Instant now) {
        return people(run, rule.people()::contains, rule.expires(), now);
    }

    /** Those whose approvals of the run's plan count. */
    static Set<String> people(Candidate run, Predicate<String> entitled, Duration expires, Instant now) {
        return run.approvals().stream()
                .filter(approval -> approval.plan().equals(run.plan()))
                .filter(approval -> !own(approval.person(), run.requestedBy()))
                .filter(approval -> entitled.test(approval.person()))
                .filter(approval -> approval.at().plus(expires).isAfter(now))
                .map(Approval::person)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String wanted(ApprovalRule rule, Set<String> people) {
        String from = rule.roles().stream().map("'%s'"::formatted).collect(Collectors.joining(" or "));
        String already = people.isEmpty() ? "" : ", beside that of " + String.join(", ", people);
        int more = rule.count() - people.size();
        return "%s of %s%s".formatted(more == 1 ? "an approval" : more + " approvals", from, already);
    }
}
