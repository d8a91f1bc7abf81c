package io.slipway.planner.gate;

import io.slipway.contracts.Hold;
import io.slipway.contracts.Plan;
import io.slipway.policy.ApprovalRule;
import io.slipway.policy.TargetPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whose approval a run needs, and which ones count. */
public final class ApprovalRules {
    private ApprovalRules() {}

    /** Whether someone's approval can count for any run of a target. */
    public static boolean entitled(String person, TargetPolicy policy) {
        return policy.approvals().stream().anyMatch(rule -> rule.people().contains(person));
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
        return run.approvals().stream()
                .filter(approval -> approval.plan().equals(run.plan()))
                .filter(approval -> !own(approval.person(), run.requestedBy()))
                .filter(approval -> rule.people().contains(approval.person()))
                .filter(approval -> approval.at().plus(rule.expires()).isAfter(now))
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
