package io.slipway.eventing.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries the W3C trace context over the gaps that no thread crosses: a record, an outbox row, a stored task. */
@ApplicationScoped
public class Tracing {
    private static final String TRACEPARENT = "traceparent";
    private static final TextMapGetter<String> AS_TRACEPARENT = new TraceparentGetter();

    private final Tracer tracer;

    Tracing(Tracer tracer) {
        this.tracer = tracer;
    }

    /** The current span as {@code traceparent}, or nothing outside any span. */
    public @Nullable String current() {
        Map<String, String> carrier = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), carrier, Map::put);
        return carrier.get(TRACEPARENT);
    }

    /** Runs the work in a span of its own, as a child of the given parent; without one it starts a new trace. */
    public <E extends Exception> void inSpan(String name, SpanKind kind, @Nullable String parent, Work<E> work)
            throws E {
        Span span = begin(name, kind, parent);
        try (Scope scope = span.makeCurrent()) {
            work.run();
        } catch (Exception e) {
            span.setStatus(StatusCode.ERROR);
            span.recordException(e);
            throw e;
        } finally {
            span.end();
        }
    }

    /** Such a span alone, for work on many events at once; the caller ends it. */
    public Span begin(String name, SpanKind kind, @Nullable String parent) {
        return tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(parent == null ? Context.root() : remote(parent))
                .startSpan();
    }

    private static Context remote(String traceparent) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, AS_TRACEPARENT);
    }

    /** What runs inside a span. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void run() throws E;
    }

    private static final class TraceparentGetter implements TextMapGetter<String> {
        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(TRACEPARENT);
        }

        @Override
        public @Nullable String get(@Nullable String carrier, String key) {
            return TRACEPARENT.equals(key) ? carrier : null;
        }
    }
}
