package io.slipway.audit.problem;

import jakarta.ws.rs.core.Response;

/** A request of a client that cannot be answered as it is; ends as a {@link Problem}. */
public final class RefusedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Response.Status status;

    private RefusedRequest(Response.Status status, String detail) {
        super(detail);
        this.status = status;
    }

    public static RefusedRequest notFound(String detail) {
        return new RefusedRequest(Response.Status.NOT_FOUND, detail);
    }

    public static RefusedRequest badRequest(String detail) {
        return new RefusedRequest(Response.Status.BAD_REQUEST, detail);
    }

    Problem problem() {
        return Problem.of(status, String.valueOf(getMessage()));
    }
}
