package io.slipway.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Stands before every route of a service, those of Quarkus included, and keeps a service from starting unguarded. */
@ApplicationScoped
class AccessFilter {
    /** Before everything else that Quarkus registers; its own filters end at 300. */
    private static final int FIRST = 1000;

    private final Access access;

    AccessFilter(AccessConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.access = AccessPolicy.decide(host, config.token());
    }

    void register(@Observes Filters filters) {
        if (access instanceof Access.Refused(String reason)) {
            throw new ConfigurationException(reason);
        }
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext context) {
        switch (access.decide(call(context))) {
            case PASS -> context.next();
            case TOKEN_MISSING ->
                unauthorized(
                        context,
                        "Bearer realm=\"slipway\"",
                        "This service demands a token. Send the header 'Authorization: Bearer <token>' with the value of its slipway.access.token.");
            case TOKEN_WRONG ->
                unauthorized(
                        context,
                        "Bearer realm=\"slipway\", error=\"invalid_token\"",
                        "The token is not the one of this service. Send the value of its slipway.access.token as 'Authorization: Bearer <token>'.");
            case NOT_LOCAL ->
                problem(
                        context,
                        403,
                        "Forbidden",
                        "Without a token this service answers this machine only, under localhost or 127.0.0.1 and to no foreign web page. Set slipway.access.token to call it in another way.");
        }
    }

    private static Access.Call call(RoutingContext context) {
        var request = context.request();
        var authority = request.authority();
        return new Access.Call(
                context.normalizedPath(),
                authority == null ? null : authority.toString(),
                request.getHeader(HttpHeaders.ORIGIN),
                request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    private static void unauthorized(RoutingContext context, String challenge, String detail) {
        context.response().putHeader("WWW-Authenticate", challenge);
        problem(context, 401, "Unauthorized", detail);
    }

    private static void problem(RoutingContext context, int status, String title, String detail) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .encode());
    }
}
