package io.slipway.planner.door;

import io.slipway.eventing.Lost;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** While the control-plane database is away, callers are told to come again: nothing was taken. */
class LostMapper {
    private static final Logger LOG = Logger.getLogger(LostMapper.class);

    @ServerExceptionMapper
    Response map(Lost e) {
        LOG.warn("A call could not be answered", e);
        Problem problem = Problem.of(
                503,
                "Not available",
                "CONTROL_PLANE_AWAY",
                "The planner cannot reach its database at the moment.",
                "Send the same request again with the same Idempotency-Key.");
        return Response.fromResponse(problem.response())
                .header("Retry-After", 2)
                .build();
    }
}
