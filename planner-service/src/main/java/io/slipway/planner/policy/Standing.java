package io.slipway.planner.policy;

import io.slipway.planner.policy.PolicyFile.Content;
import io.slipway.policy.Policies;
import io.slipway.policy.PolicyProblem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which policy is in force, and how the file stands to it.
 *
 * @param content that the policy was read from
 * @param since when it came into force
 * @param broken what the file holds instead and cannot be used
 * @param seen what the last look found
 */
record Standing(
        Policies policies,
        Content content,
        Instant since,
        @Nullable Broken broken,
        Content seen) {
    /**
     * A version that is not in force because it cannot be used.
     *
     * @param since when it was noticed
     */
    record Broken(Content content, Instant since, List<PolicyProblem> problems) {}

    static Standing of(Policies policies, Content content, Instant now) {
        return new Standing(policies, content, now, null, content);
    }

    /** How it stands after a look. */
    Standing look(Content found, Instant now) {
        if (found.equals(content)) {
            return new Standing(policies, content, since, null, found);
        }
        boolean known = broken != null && found.equals(broken.content());
        if (known || !found.equals(seen)) {
            return new Standing(policies, content, since, broken, found);
        }
        return switch (read(found)) {
            case Policies.Read.Good good -> of(good.policies(), found, now);
            case Policies.Read.Bad bad ->
                new Standing(policies, content, since, new Broken(found, now, bad.problems()), found);
        };
    }

    static Policies.Read read(Content content) {
        return switch (content) {
            case Content.Text text -> Policies.read(text.yaml());
            case Content.Unreadable unreadable ->
                new Policies.Read.Bad(List.of(new PolicyProblem(1, 1, unreadable.why())));
        };
    }
}
