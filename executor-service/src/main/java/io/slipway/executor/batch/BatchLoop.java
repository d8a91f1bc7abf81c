package io.slipway.executor.batch;

import io.slipway.contracts.Failure;
import io.slipway.executor.lock.LockAttempts;
import io.slipway.executor.lock.LockTimeout;
import io.slipway.executor.measure.ScriptGauge;
import io.slipway.executor.progress.BatchProgress;
import io.slipway.executor.progress.Progress;
import io.slipway.sql.batch.Batch;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/** One script, batch by batch. */
final class BatchLoop {
    private static final Logger LOG = Logger.getLogger(BatchLoop.class);

    /** How often a pause for replicas looks at them. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Batch batch;
    private final KeyStore keys;
    private final BatchStore store;
    private final Progress progress;
    private final LockAttempts attempts;
    private final ScriptGauge gauge;
    private final Duration maxLag;
    private final Duration lagBudget;
    private BatchState state;
    private boolean blind;
    private int tries;

    BatchLoop(
            Batch batch,
            KeyStore keys,
            BatchStore store,
            Progress progress,
            LockAttempts attempts,
            ScriptGauge gauge,
            BatchConfig config,
            BatchState begun) {
        this.batch = batch;
        this.keys = keys;
        this.store = store;
        this.progress = progress;
        this.attempts = attempts;
        this.gauge = gauge;
        Duration own = batch.options().maxLag();
        this.maxLag = own == null ? config.maxLag() : own;
        this.lagBudget = config.lagBudget();
        this.state = begun;
    }

    /** Where its statement begins, 1-based. */
    int line() {
        return batch.line();
    }

    /** What is committed. */
    BatchState state() {
        return state;
    }

    BatchState run(Connection connection) throws SQLException {
        Extent extent = new Extent(batch.options().size(), keys.estimate(connection));
        tell("batch", extent);
        awaitReplicas(connection, extent);
        while (next(connection)) {
            tell(blind ? "batch, replication lag not visible to the role" : "batch", extent);
            attempts.rest(batch.options().pause());
            awaitReplicas(connection, extent);
        }
        return state;
    }

    /** Whether there was one. */
    private boolean next(Connection connection) {
        BatchState before = state;
        tries = 0;
        // Counted by itself, so that each has the whole budget of time for its locks.
        attempts.run(state.script() + " batch " + (state.batches() + 1), timeout -> attempt(connection, timeout));
        return state != before;
    }

    private void attempt(Connection connection, Duration timeout) {
        try {
            connection.setAutoCommit(false);
            BatchState after = changeRows(connection, timeout);
            connection.commit();
            state = after;
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            takeBack(connection, e);
            throw new FlywayException(e.getMessage(), e);
        }
    }

    private BatchState changeRows(Connection connection, Duration timeout) throws SQLException {
        Duration own = batch.options().lockWait();
        LockTimeout.set(connection, own != null && own.compareTo(timeout) < 0 ? own : timeout);
        String end = keys.end(connection, state);
        if (end == null) {
            return state;
        }
        gauge.tried(++tries);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false); // braces are SQL here
            long changed = statement.executeLargeUpdate(batch.within(state.last(), end));
            for (SQLWarning said = statement.getWarnings(); said != null; said = said.getNextWarning()) {
                gauge.notice(said.getMessage());
            }
            BatchState after = state.after(end, changed);
            store.advance(connection, after);
            return after;
        }
    }

    private static void takeBack(Connection connection, SQLException failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private void awaitReplicas(Connection connection, Extent extent) throws SQLException {
        Instant since = Instant.now();
        Optional<String> obstacle = obstacle(connection);
        while (obstacle.isPresent()) {
            if (Duration.between(since, Instant.now()).compareTo(lagBudget) > 0) {
                throw new BatchHalted(late(obstacle.get()));
            }
            tell("pausing: " + obstacle.get(), extent);
            attempts.rest(LOOK);
            obstacle = obstacle(connection);
        }
    }

    private Optional<String> obstacle(Connection connection) throws SQLException {
        List<Standby> standbys = Standby.of(connection);
        long hidden = LagPolicy.hidden(standbys);
        if (hidden > 0 && !blind) {
            LOG.warnf(
                    "How far behind replicas are is not visible to the target's role, batches do not wait for them: script=%s replicas=%d",
                    state.script(), hidden);
        }
        blind = hidden > 0;
        return LagPolicy.obstacle(standbys, maxLag);
    }

    private Failure late(String obstacle) {
        return new Failure(
                "REPLICATION_LAG",
                "The next batch waited for replicas longer than slipway.executor.batch.lag-budget: %s."
                        .formatted(obstacle),
                "Look after the replica, or allow more with max-lag= in the marker.",
                null,
                state.script(),
                batch.line());
    }

    private void tell(String phase, Extent extent) {
        progress.batch(new BatchProgress(phase, extent.percent(state), state.batches(), state.rows()));
    }
}
