package io.slipway.planner.door;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.planner.run.RunQueries;
import io.slipway.planner.run.RunView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Questions about runs. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class RunsResource {
    private static final int MOST = 500;

    private final RunQueries runs;

    RunsResource(RunQueries runs) {
        this.runs = runs;
    }

    @GET
    @Path("/{id}")
    @RunOnVirtualThread // a long poll waits, and must not keep a worker thread from others meanwhile
    @Operation(
            summary = "One run",
            description =
                    "With 'wait' and 'after' it answers as soon as the revision has passed 'after', the run has ended, "
                            + "or the time is over; with what is known then.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "No such run")
    public RunView run(
            @PathParam("id") String id,
            @QueryParam("wait") @DefaultValue("0s") @Parameter(description = "such as 30s or PT30S; at most 60s")
                    String wait,
            @QueryParam("after") @DefaultValue("0") @Parameter(description = "the revision that the caller knows")
                    int after)
            throws InterruptedException {
        RunId run = valid(() -> RunId.of(id), "Take the run id from the answer to the request.");
        Duration atMost = valid(() -> WaitTime.parse(wait), "Write it as 30s.");
        return runs.await(run, after, atMost).orElseThrow(() -> Problem.of(
                        404,
                        "Unknown run",
                        "UNKNOWN_RUN",
                        "There is no run %s.".formatted(run),
                        "Correct the id; GET /api/v1/runs lists the runs.")
                .exception());
    }

    @GET
    @Operation(summary = "The latest runs, newest first")
    @APIResponse(responseCode = "200")
    public List<RunView> runs(
            @QueryParam("target") @Nullable String target,
            @QueryParam("limit") @DefaultValue("50") @Parameter(description = "1 to 500") int limit) {
        TargetId wanted = target == null ? null : valid(() -> new TargetId(target), "Use the name of a target.");
        if (limit < 1 || limit > MOST) {
            throw Problem.invalid("'limit' is %d, but must be 1 to %d.".formatted(limit, MOST), "Correct it.")
                    .exception();
        }
        return runs.latest(wanted, limit);
    }

    private static <T> T valid(Supplier<T> value, String remedy) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()), remedy).exception();
        }
    }
}
