package io.slipway.audit.event;

import io.slipway.audit.problem.Parameter;
import io.slipway.audit.problem.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The stored events over HTTP, as they came. */
@Path("/api/v1/events")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Events", description = "The events themselves, whole and in the order in which they came.")
public class EventResource {
    private static final int LIMIT = 100;
    private static final int MAX_LIMIT = 500;

    private final EventStore events;

    EventResource(EventStore events) {
        this.events = events;
    }

    @GET
    @Operation(
            summary = "Events, of one run or of all",
            description =
                    "'limit' is 1 to 500, 100 unless given; a page may be shorter, since bodies can be megabytes. 'after' is the 'next' of the page before.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = EventPage.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong; the detail says which and what is allowed.",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
    public EventPage list(
            @RestQuery @Nullable String run, @RestQuery @Nullable String limit, @RestQuery @Nullable String after) {
        List<EventView> found = events.page(
                Parameter.uuid("run", run),
                Parameter.position("after", after),
                Parameter.limit(limit, LIMIT, MAX_LIMIT));
        return new EventPage(found, found.isEmpty() ? null : found.getLast().seq());
    }
}
