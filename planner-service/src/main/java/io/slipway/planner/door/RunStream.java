package io.slipway.planner.door;

import io.slipway.contracts.RunId;
import io.slipway.eventing.Lost;
import io.slipway.planner.run.Following;
import io.slipway.planner.run.RunView;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Server-sent events about one run: what it is at once, then each change, until it has ended.
 *
 * @param keepAlive after how long without a change a comment is sent, which also shows that the reader is gone
 */
record RunStream(RunId run, SseEventSink sink, Sse sse, Duration keepAlive) {
    private static final Logger LOG = Logger.getLogger(RunStream.class);

    /** A reader that takes nothing for so long is taken for gone; it may connect again. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Returns when the run has ended or the reader is gone.
     *
     * @param known the revision that the reader has seen, or 0
     * @throws WebApplicationException before anything was sent: there is no such run, or nothing more to tell
     */
    void send(Following following, int known) throws InterruptedException {
        RunView first = following.await(known, Duration.ZERO).orElseThrow(() -> Problem.unknownRun(run)
                .exception());
        if (first.state().ended() && first.revision() <= known) {
            // The only answer after which a browser does not connect again.
            throw new WebApplicationException(Response.noContent().build());
        }
        try (sink) {
            follow(following, first, known);
        } catch (Lost | ExecutionException | TimeoutException | IllegalStateException e) {
            // The last is what a sink throws whose reader has hung up since the last look.
            LOG.debugf(e, "A stream broke off, and its reader may connect again; runId=%s", run);
        }
    }

    private void follow(Following following, RunView first, int known)
            throws InterruptedException, ExecutionException, TimeoutException {
        RunView now = first;
        int sent = known;
        while (!sink.isClosed()) {
            send(
                    now.revision() > sent
                            ? event(now)
                            : sse.newEventBuilder().comment("").build());
            sent = now.revision();
            if (now.state().ended()) {
                return;
            }
            now = following.await(sent, keepAlive).orElse(now);
        }
    }

    private OutboundSseEvent event(RunView view) {
        return sse.newEventBuilder()
                .id(String.valueOf(view.revision()))
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(RunView.class, view)
                .build();
    }

    private void send(OutboundSseEvent event) throws InterruptedException, ExecutionException, TimeoutException {
        sink.send(event).toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
