package io.slipway.audit.problem;

import jakarta.ws.rs.core.Response;

/**
 * Why a request was not answered, as {@code application/problem+json}.
 *
 * @param detail what was expected, what was found, what to do next
 */
public record Problem(String type, String title, int status, String detail) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(Response.Status status, String detail) {
        return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail);
    }
}
