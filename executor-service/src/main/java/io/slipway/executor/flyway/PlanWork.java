package io.slipway.executor.flyway;

import io.slipway.contracts.Plan;
import io.slipway.executor.batch.Batches;
import io.slipway.executor.ledger.Ledger;
import io.slipway.executor.lock.LockAttempts;
import io.slipway.executor.measure.Gauges;
import io.slipway.executor.order.Order;
import io.slipway.executor.progress.Progress;
import io.slipway.executor.stop.SafePoint;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * A plan at work on its target.
 *
 * @param flyway sees exactly the plan's scripts
 * @param safePoint to be passed before each script that is still to run
 * @param undoRow how the history says that a version was taken back
 * @param attempts told of each script that begins, and what runs them
 * @param batches runs those that are marked for it
 * @param gauges measure each
 */
public record PlanWork(
        Order.Subject run,
        Plan plan,
        FluentConfiguration flyway,
        Ledger ledger,
        Progress progress,
        SafePoint safePoint,
        UndoRow undoRow,
        LockAttempts attempts,
        Batches batches,
        Gauges gauges) {}
