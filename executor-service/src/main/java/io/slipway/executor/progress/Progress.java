package io.slipway.executor.progress;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.eventing.outbox.Outbox;
import io.slipway.executor.order.Order;
import io.slipway.sql.split.Splitter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one execution. The executing thread says where it is, which costs it nothing; the watching thread
 * publishes it.
 */
public final class Progress {
    private static final Logger LOG = Logger.getLogger(Progress.class);

    private final Outbox outbox;
    private final Order.Subject run;
    private final List<PlannedScript> scripts;
    private final ProgressRate rate;
    private final Instant begun = Instant.now();
    private final long begunNanos = System.nanoTime();
    private volatile @Nullable Position position;
    private Instant last = begun;
    private int published;
    private @Nullable PlannedScript counted;
    private int statements;

    /** @param scripts those of the plan */
    public Progress(Outbox outbox, Order.Subject run, List<PlannedScript> scripts, ProgressRate rate) {
        this.outbox = outbox;
        this.run = run;
        this.scripts = scripts;
        this.rate = rate;
    }

    /**
     * Where the execution is.
     *
     * @param session the process id of the session that executes; 0 for none
     * @param sinceNanos when the statement at work began, as {@link System#nanoTime} has it
     * @param batch of a script in batches
     */
    public record Position(
            PlannedScript script,
            int session,
            int statementsDone,
            long sinceNanos,
            @Nullable BatchProgress batch) {}

    /** A script begins, or begins again. */
    public void script(PlannedScript next, int session) {
        position = new Position(next, session, 0, System.nanoTime(), null);
    }

    /** So many statements of the script have run. */
    public void statements(int done) {
        Position before = position;
        if (before != null) {
            position = new Position(before.script(), before.session(), done, System.nanoTime(), before.batch());
        }
    }

    /** A batch of the script is committed, or the next one has to wait. */
    public void batch(BatchProgress batch) {
        Position before = position;
        if (before != null) {
            position =
                    new Position(before.script(), before.session(), before.statementsDone(), System.nanoTime(), batch);
        }
    }

    /** Empty before the first script. */
    public Optional<Position> position() {
        return Optional.ofNullable(position);
    }

    /** Before the first script, for a run that cannot begin it. */
    public Position beginning() {
        return new Position(scripts.getFirst(), 0, 0, begunNanos, null);
    }

    /** The script at work, or the last one; empty before the first. */
    public Optional<PlannedScript> script() {
        return position().map(Position::script);
    }

    /** Whether it is time for the next report. */
    public boolean due() {
        return rate.due(published, Duration.between(last, Instant.now()));
    }

    /** Publishes where the execution is; called by the watching thread alone. */
    public void report(Position at, Activity activity) {
        last = Instant.now();
        published++;
        BatchProgress batch = at.batch();
        var event = new MigrationProgressed(
                run.runId(),
                run.target(),
                run.plan(),
                at.script().name(),
                scripts.indexOf(at.script()) + 1,
                scripts.size(),
                at.statementsDone(),
                Duration.between(begun, last),
                statements(at.script()),
                batch == null ? activity.phase() : batch.phase(),
                batch == null ? activity.percent() : batch.percent(),
                activity.attempt(),
                activity.waited(),
                activity.blockedBy(),
                batch == null ? null : batch.batches(),
                batch == null ? null : batch.rows());
        try {
            QuarkusTransaction.requiringNew().run(() -> outbox.publish(event));
        } catch (RuntimeException e) {
            // The migration is worth more than the news of it: the next report, or the end, says it all again.
            LOG.warnf(
                    e,
                    "Progress could not be published: runId=%s script=%s",
                    run.runId(),
                    at.script().name());
        }
    }

    /** Counted only for scripts that take long enough to be reported. */
    private int statements(PlannedScript script) {
        if (!script.equals(counted)) {
            statements = Splitter.split(script.sql()).fragments().size();
            counted = script;
        }
        return statements;
    }
}
