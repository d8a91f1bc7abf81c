package io.slipway.planner.door;

import io.slipway.eventing.Lost;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** While the control-plane database is away, or has no connection free, callers are told to come again: nothing was taken. */
class LostMapper {
    private static final Logger LOG = Logger.getLogger(LostMapper.class);

    @ServerExceptionMapper
    Response map(Lost e) {
        LOG.warn("A call could not be answered", e);
        return Response.fromResponse(problem(e).response())
                .header("Retry-After", 2)
                .build();
    }

    private static Problem problem(Lost e) {
        return waitedInVain(e)
                ? unavailable(
                        "CONTROL_PLANE_BUSY",
                        "No connection to the planner's database was free in time: it has more to do than its connections allow, or the database does not answer.")
                : unavailable("CONTROL_PLANE_AWAY", "The planner cannot reach its database at the moment.");
    }

    /** What the pool says itself has no SQLSTATE; what the server and its driver say has one. */
    private static boolean waitedInVain(Lost e) {
        return e.getCause() instanceof SQLException cause && cause.getSQLState() == null;
    }

    private static Problem unavailable(String code, String detail) {
        return Problem.of(
                503, "Not available", code, detail, "Send the same request again with the same Idempotency-Key.");
    }
}
