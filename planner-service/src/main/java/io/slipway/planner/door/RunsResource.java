package io.slipway.planner.door;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.planner.PlannerConfig;
import io.slipway.planner.run.Following;
import io.slipway.planner.run.RunQueries;
import io.slipway.planner.run.RunView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Runs to look at, to follow and to give up. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
public class RunsResource {
    private static final int MOST = 500;

    private final RunQueries runs;
    private final HttpIntake intake;
    private final Duration keepAlive;

    RunsResource(RunQueries runs, HttpIntake intake, PlannerConfig config) {
        this.runs = runs;
        this.intake = intake;
        this.keepAlive = config.longPoll().keepAlive();
    }

    @GET
    @Path("/{id}")
    @RunOnVirtualThread // a long poll waits, and must not keep a worker thread from others meanwhile
    @Operation(
            summary = "One run",
            description =
                    "With 'wait' it answers as soon as the run has changed or ended, or the time is over; with what "
                            + "is known then. With 'after', a change that was made before the call counts, too.")
    @APIResponse(responseCode = "200")
    @APIResponse(responseCode = "404", description = "No such run")
    public RunView run(
            @PathParam("id") String id,
            @QueryParam("wait") @DefaultValue("0s") @Parameter(description = "such as 30s or PT30S; at most 60s")
                    String wait,
            @QueryParam("after")
                    @Parameter(description = "the revision that the caller knows; the present one when absent")
                    @Nullable
                    Integer after)
            throws InterruptedException {
        RunId run = runId(id);
        Duration atMost = valid(() -> WaitTime.parse(wait), "Write it as 30s.");
        if (after != null) {
            return found(run, runs.await(run, after, atMost));
        }
        RunView now = found(run, runs.find(run));
        return atMost.isZero() ? now : found(run, runs.await(run, now.revision(), atMost));
    }

    @GET
    @Path("/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RunOnVirtualThread // it lasts as long as the run
    @Operation(
            summary = "A run as server-sent events",
            description =
                    "The run as it is at once, then after each change until it has ended. The id of an event is the "
                            + "run's revision; a reader that connects again gets what is newer.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = RunView.class)))
    @APIResponse(responseCode = "204", description = "The run has ended, and the reader has seen its end")
    @APIResponse(responseCode = "404", description = "No such run")
    @APIResponse(responseCode = "503", description = "As many follow runs already as may; Retry-After says when to ask")
    public void events(
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID")
                    @DefaultValue("0")
                    @Parameter(description = "the revision that the reader has seen")
                    String lastEventId,
            @Context SseEventSink sink,
            @Context Sse sse)
            throws InterruptedException {
        RunId run = runId(id);
        int known = valid(
                () -> Integer.parseInt(lastEventId), "Send the id of the last event back as 'Last-Event-ID', or none.");
        try (Following following = runs.follow(run).orElseThrow(Problem::crowded)) {
            new RunStream(run, sink, sse, keepAlive).send(following, known);
        }
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Gives a run up",
            description =
                    "The same as a CancellationRequested. Unless 'Idempotency-Key' says otherwise, the run, who asks "
                            + "and 'now' make the key: asking twice is the same as asking once.")
    @APIResponse(
            responseCode = "202",
            description = "Accepted; Location leads to the run",
            content = @Content(schema = @Schema(implementation = Receipt.class)))
    @APIResponse(responseCode = "200", description = "Accepted before, with the same reason")
    @APIResponse(responseCode = "400", description = "'by' or 'reason' is missing or too long")
    @APIResponse(responseCode = "404", description = "No such run")
    @APIResponse(
            responseCode = "409",
            description = "The run cannot be cancelled any more; or the key was used with another reason")
    public Response cancel(
            @PathParam("id") String id,
            @QueryParam("by") @DefaultValue("") @Parameter(required = true, description = "who asks") String by,
            @QueryParam("reason") @DefaultValue("") @Parameter(required = true, description = "why") String reason,
            @QueryParam("now")
                    @DefaultValue("false")
                    @Parameter(description = "whether a statement that is at work is cancelled as well")
                    boolean now,
            @HeaderParam("Idempotency-Key") @Nullable String key) {
        RunId run = runId(id);
        TargetId target = found(run, runs.find(run)).target();
        return intake.take(valid(
                () -> HttpRequest.cancellation(new CancellationRequested(target, run, by, reason, now), key),
                "Say who asks and why: DELETE /api/v1/runs/%s?by=ada&reason=wrong+target".formatted(run)));
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

    private static RunId runId(String id) {
        return valid(() -> RunId.of(id), "Take the run id from the answer to the request.");
    }

    private static RunView found(RunId id, Optional<RunView> run) {
        return run.orElseThrow(() -> Problem.unknownRun(id).exception());
    }

    private static <T> T valid(Supplier<T> value, String remedy) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(String.valueOf(e.getMessage()), remedy).exception();
        }
    }
}
