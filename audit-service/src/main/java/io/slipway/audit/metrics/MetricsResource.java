package io.slipway.audit.metrics;

import io.slipway.audit.problem.Parameter;
import io.slipway.audit.problem.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The figures over HTTP, as JSON. */
@Path("/api/v1/metrics")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Metrics", description = "Figures over all runs.")
public class MetricsResource {
    private final MetricsStore metrics;

    MetricsResource(MetricsStore metrics) {
        this.metrics = metrics;
    }

    @GET
    @Operation(
            summary = "Runs by outcome, durations, rows, tables and the last error, overall and for each target",
            description = "'since' is a time such as 2026-01-31T08:00:00Z; without it all of the history counts.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Metrics.class)))
    @APIResponse(
            responseCode = "400",
            description = "'since' is no time.",
            content =
                    @Content(mediaType = "application/problem+json", schema = @Schema(implementation = Problem.class)))
    public Metrics metrics(@RestQuery @Nullable String since) {
        return metrics.since(Parameter.instant("since", since));
    }
}
