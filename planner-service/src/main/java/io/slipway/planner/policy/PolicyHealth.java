package io.slipway.planner.policy;

import io.slipway.policy.PolicyProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says that the policy file is broken. The planner is ready all the same: it goes on by the version of before. */
@Readiness
@ApplicationScoped
class PolicyHealth implements HealthCheck {
    private final PolicyInForce policy;

    PolicyHealth(PolicyInForce policy) {
        this.policy = policy;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("policy").up();
        if (policy.file().isPresent()) {
            response.withData("inForceSince", policy.since().toString());
        }
        List<PolicyProblem> problems = policy.problems();
        if (!problems.isEmpty()) {
            // Only where: health is shown without a token, and what the file says is nobody's business there.
            response.withData(
                    "broken",
                    "%d problem(s), the first in line %d, column %d"
                            .formatted(
                                    problems.size(),
                                    problems.getFirst().line(),
                                    problems.getFirst().column()));
        }
        return response.build();
    }
}
