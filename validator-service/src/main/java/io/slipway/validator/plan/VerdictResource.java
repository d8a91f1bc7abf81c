package io.slipway.validator.plan;

import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Verdicts with all their findings; events carry the worst. */
@Path("/api/v1/runs/{runId}/verdict")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "verdicts")
public class VerdictResource {
    private static final Logger LOG = Logger.getLogger(VerdictResource.class);

    private final PlannedRunStore runs;

    VerdictResource(PlannedRunStore runs) {
        this.runs = runs;
    }

    @GET
    @Operation(summary = "The verdict on the plan of a run, with all findings")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "400", description = "The run or the plan is none")
    @APIResponse(responseCode = "404", description = "No such verdict here, or none yet")
    public DecidedPlan verdict(
            @PathParam("runId") String runId,
            @QueryParam("plan")
                    @Parameter(description = "digest of the plan; the one judged last when absent")
                    @Nullable
                    String plan)
            throws SQLException {
        RunId run = valid(() -> RunId.of(runId));
        PlanDigest digest = plan == null ? null : valid(() -> new PlanDigest(plan));
        return runs.decided(run, digest).orElseThrow(() -> Problem.of(
                        404,
                        "Unknown verdict",
                        "UNKNOWN_VERDICT",
                        "There is no verdict on %s of the run %s.".formatted(plan == null ? "any plan" : plan, run),
                        "Correct the run or the plan, or ask later: a plan that is being judged has none yet, and one older than slipway.validator.keep-verdicts has none any more.")
                .exception());
    }

    @ServerExceptionMapper
    Response away(SQLException e) {
        LOG.warn("A call could not be answered", e);
        Problem problem = Problem.of(
                503,
                "Not available",
                "CONTROL_PLANE_AWAY",
                "The validator cannot reach its database at the moment.",
                "Ask again.");
        return Response.fromResponse(problem.response())
                .header("Retry-After", 2)
                .build();
    }

    private static <T> T valid(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                            400,
                            "The request is not valid",
                            "INVALID_REQUEST",
                            String.valueOf(e.getMessage()),
                            "Take the link from the verdict of the event.")
                    .exception();
        }
    }
}
