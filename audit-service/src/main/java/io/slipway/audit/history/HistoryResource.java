package io.slipway.audit.history;

import io.slipway.audit.problem.Parameter;
import io.slipway.audit.problem.Problem;
import io.slipway.audit.problem.RefusedRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The history of a target over HTTP. */
@Path("/api/v1/targets")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Targets", description = "What happened to a database.")
public class HistoryResource {
    private static final int LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private final HistoryStore history;

    HistoryResource(HistoryStore history) {
        this.history = history;
    }

    @GET
    @Path("/{target}/history")
    @Operation(
            summary = "What was applied, undone, restored or failed on a target, the newest first",
            description =
                    "'limit' counts runs, 1 to 500, 50 unless given; a run's migrations stay together. 'before' is the 'next' of the page before.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TargetHistory.class)))
    @APIResponse(
            responseCode = "404",
            description = "No event has ever named this target.",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
    public TargetHistory history(
            @RestPath String target, @RestQuery @Nullable String limit, @RestQuery @Nullable String before) {
        int max = Parameter.limit(limit, LIMIT, MAX_LIMIT);
        UUID older = Parameter.uuid("before", before);
        if (!history.knows(target)) {
            throw RefusedRequest.notFound("No run has ever named the target '%s'.".formatted(target));
        }
        List<HistoryEntry> entries = history.page(target, older, max);
        List<UUID> runs = entries.stream().map(HistoryEntry::run).distinct().toList();
        return new TargetHistory(target, entries, runs.size() < max ? null : runs.getLast());
    }
}
