package io.slipway.policy;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which runs need whose approval.
 *
 * @param roles any of them may approve
 * @param count how many different people
 * @param expires how long an approval counts
 * @param line where the rule stands in the file
 * @param people all who are in one of the roles
 */
public record ApprovalRule(
        Condition when, List<String> roles, int count, Duration expires, int line, Set<String> people) {
    public ApprovalRule {
        roles = List.copyOf(roles);
        people = Set.copyOf(people);
    }
}
