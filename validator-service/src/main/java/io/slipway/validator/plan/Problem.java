package io.slipway.validator.plan;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/**
 * What went wrong, after RFC 9457.
 *
 * @param title what kind of problem it is
 * @param code stable, in capitals, for programs
 * @param detail why: what was expected and what was found
 * @param remedy what to do next
 */
public record Problem(String type, String title, int status, String code, String detail, String remedy) {
    private static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String title, String code, String detail, String remedy) {
        return new Problem("about:blank", title, status, code, detail, remedy);
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }

    WebApplicationException exception() {
        return new WebApplicationException(detail, response());
    }
}
