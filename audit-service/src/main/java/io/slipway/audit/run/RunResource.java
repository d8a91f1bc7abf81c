package io.slipway.audit.run;

import io.slipway.audit.problem.Parameter;
import io.slipway.audit.problem.Problem;
import io.slipway.audit.problem.RefusedRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The runs over HTTP. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Runs", description = "What was asked for, what became of it, and each step in between.")
public class RunResource {
    private static final int LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final RunStore runs;

    RunResource(RunStore runs) {
        this.runs = runs;
    }

    @GET
    @Operation(
            summary = "Runs and rejected requests, the newest first",
            description =
                    "Filter by target and outcome. 'limit' is 1 to 500, 50 unless given; 'before' is the 'next' of the page before.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunPage.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; the detail says which and what is allowed.",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
    public RunPage list(
            @RestQuery @Nullable String target,
            @RestQuery @Nullable String outcome,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String before) {
        int max = Parameter.limit(limit, LIMIT, MAX_LIMIT);
        RunFilter filter = new RunFilter(
                Parameter.target(target),
                Parameter.oneOf("outcome", outcome, Outcome.class),
                Parameter.uuid("before", before));
        return RunPage.of(runs.page(filter, max + 1), max);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One run with its steps, findings, checks and migrations")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RunDetail.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such run.",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
    public RunDetail one(@RestPath String id) {
        return find(id).orElseThrow(() -> RefusedRequest.notFound(
                "There is no run '%s'. GET /api/v1/runs lists those that there are.".formatted(id)));
    }

    private Optional<RunDetail> find(String id) {
        UUID uuid;
        try {
            uuid = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // what is no UUID names no run
        }
        return runs.detail(uuid);
    }
}
