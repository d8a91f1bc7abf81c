package io.slipway.executor.progress;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.eventing.outbox.Outbox;
import io.slipway.executor.order.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The progress of one execution. Not thread-safe: it belongs to the thread that executes. */
public final class Progress {
    private static final Logger LOG = Logger.getLogger(Progress.class);

    private final Outbox outbox;
    private final Order.Subject run;
    private final int scripts;
    private final Duration interval;
    private final Instant begun = Instant.now();
    private Instant last = begun;
    private int index;
    private @Nullable PlannedScript script;

    /**
     * @param scripts how many scripts the plan has
     * @param interval the least time between two events
     */
    public Progress(Outbox outbox, Order.Subject run, int scripts, Duration interval) {
        this.outbox = outbox;
        this.run = run;
        this.scripts = scripts;
        this.interval = interval;
    }

    public void script(PlannedScript next) {
        index++;
        script = next;
        report(0);
    }

    /** The script at work, or the last one; empty before the first. */
    public Optional<PlannedScript> script() {
        return Optional.ofNullable(script);
    }

    public void statements(int done) {
        report(done);
    }

    private void report(int statements) {
        Instant now = Instant.now();
        if (script == null || Duration.between(last, now).compareTo(interval) < 0) {
            return;
        }
        last = now;
        var event = new MigrationProgressed(
                run.runId(),
                run.target(),
                run.plan(),
                script.name(),
                index,
                scripts,
                statements,
                Duration.between(begun, now));
        try {
            QuarkusTransaction.requiringNew().run(() -> outbox.publish(event));
        } catch (RuntimeException e) {
            // The migration is worth more than the news of it: the next report, or the end, says it all again.
            LOG.warnf(e, "Progress could not be published: runId=%s script=%s", run.runId(), script.name());
        }
    }
}
