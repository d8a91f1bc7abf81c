package io.slipway.planner.door;

import io.slipway.contracts.TargetId;
import io.slipway.planner.door.PolicyView.WindowView;
import io.slipway.planner.policy.PolicyInForce;
import io.slipway.targets.Target;
import io.slipway.targets.Targets;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Questions about the policy. */
@Path("/api/v1/policy")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policy")
public class PolicyResource {
    private final PolicyInForce policy;
    private final Targets targets;

    PolicyResource(PolicyInForce policy, Targets targets) {
        this.policy = policy;
        this.targets = targets;
    }

    @GET
    @Operation(
            summary = "What the policy says for a target",
            description =
                    "Each value with the level and the line that it comes from, and whether a window is open now.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "No target, or none that can be")
    @APIResponse(responseCode = "404", description = "No such target")
    public PolicyView policy(@QueryParam("target") @Parameter(required = true) @Nullable String target) {
        Target found = targets.find(id(target)).orElseThrow(() -> Problem.of(
                        404,
                        "Unknown target",
                        "UNKNOWN_TARGET",
                        "There is no target '%s'.".formatted(target),
                        "Correct the name, or register the target.")
                .exception());
        return new PolicyView(
                found.id().name(),
                found.environment(),
                found.labels(),
                policy.file().map(java.nio.file.Path::toString).orElse(null),
                policy.since(),
                policy.explain(found.id()),
                WindowView.of(policy.of(found.id()).windows().at(Instant.now(), null)),
                policy.problems());
    }

    private static TargetId id(@Nullable String name) {
        if (name == null) {
            throw Problem.invalid("'target' is missing.", "Name a target: /api/v1/policy?target=shop.")
                    .exception();
        }
        try {
            return new TargetId(name);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()), "Use the name of a target.")
                    .exception();
        }
    }
}
