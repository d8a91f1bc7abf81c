package io.slipway.audit.problem;

import io.slipway.audit.jdbc.DatabaseFailed;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns exceptions into problem documents; only what a client may know. */
class ProblemMapping {
    private static final Logger LOG = Logger.getLogger(ProblemMapping.class);

    @ServerExceptionMapper
    Response refused(RefusedRequest refused) {
        return response(refused.problem());
    }

    @ServerExceptionMapper
    Response databaseFailed(DatabaseFailed failed) {
        LOG.error("A request was not answered", failed);
        return response(
                Problem.of(
                        Response.Status.SERVICE_UNAVAILABLE,
                        "The history cannot be read: its database did not answer. Try again; /q/health/ready says when it is back."));
    }

    private static Response response(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
