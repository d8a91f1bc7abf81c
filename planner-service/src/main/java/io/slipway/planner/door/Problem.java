package io.slipway.planner.door;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.Failure;
import io.slipway.contracts.RunId;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, after RFC 9457.
 *
 * @param title what kind of problem it is
 * @param code stable, in capitals, for programs
 * @param detail why: what was expected and what was found
 * @param remedy what to do next
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        String remedy,
        @Nullable RunId runId) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String title, String code, String detail, String remedy) {
        return new Problem("about:blank", title, status, code, detail, remedy, null);
    }

    static Problem of(int status, String title, Failure failure) {
        return of(status, title, failure.code(), failure.message(), failure.remedy());
    }

    static Problem invalid(String detail, String remedy) {
        return of(400, "The request is not valid", "INVALID_REQUEST", detail, remedy);
    }

    static Problem unknownRun(RunId run) {
        return of(
                404,
                "Unknown run",
                "UNKNOWN_RUN",
                "There is no run %s.".formatted(run),
                "Correct the id; GET /api/v1/runs lists the runs.");
    }

    /** Where a call would have to wait, and as many wait as may. */
    static WebApplicationException crowded() {
        Problem problem = of(
                503,
                "Too many followers",
                "TOO_MANY_FOLLOWERS",
                "As many calls follow runs already as slipway.planner.long-poll.max-waiting allows.",
                "Connect again in a few seconds, or ask with GET /api/v1/runs/{id}.");
        return new WebApplicationException(
                problem.detail(),
                Response.fromResponse(problem.response())
                        .header("Retry-After", 5)
                        .build());
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }

    /** For where no answer can be returned but this one. */
    WebApplicationException exception() {
        return new WebApplicationException(detail, response());
    }
}
