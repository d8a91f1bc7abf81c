package io.slipway.planner.policy;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
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
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("policy").up();
        policy.file().ifPresent(file -> response.withData("file", file.toString())
                .withData("inForceSince", policy.since().toString()));
        if (!policy.problems().isEmpty()) {
            response.withData("broken", String.valueOf(policy.problems().getFirst()));
        }
        return response.build();
    }
}
