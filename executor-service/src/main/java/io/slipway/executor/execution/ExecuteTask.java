package io.slipway.executor.execution;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Failure;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RunEnded;
import io.slipway.eventing.outbox.Outbox;
import io.slipway.eventing.task.DurableTask;
import io.slipway.eventing.task.Tasks;
import io.slipway.executor.apply.HalfScripts;
import io.slipway.executor.measure.FigureBounds;
import io.slipway.executor.order.GivenUpStore;
import io.slipway.executor.order.GivenUpStore.GivenUp;
import io.slipway.executor.order.Order;
import io.slipway.executor.order.OrderStore;
import io.slipway.executor.slot.Slots;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Executes one run. May be called again after a crash: what was done is read from the ledger in the target, and the
 * terminal event leaves in the transaction that removes the order, so exactly one does.
 */
@ApplicationScoped
class ExecuteTask implements DurableTask {
    private static final Logger LOG = Logger.getLogger(ExecuteTask.class);

    private final OrderStore orders;
    private final GivenUpStore givenUp;
    private final Outbox outbox;
    private final PlanRunner runner;
    private final Slots slots;
    private final Tasks tasks;
    private final MeterRegistry meters;

    ExecuteTask(
            OrderStore orders,
            GivenUpStore givenUp,
            Outbox outbox,
            PlanRunner runner,
            Slots slots,
            Tasks tasks,
            MeterRegistry meters) {
        this.orders = orders;
        this.givenUp = givenUp;
        this.outbox = outbox;
        this.runner = runner;
        this.slots = slots;
        this.tasks = tasks;
        this.meters = meters;
    }

    /** Executes runs, on whichever executor comes first, once the transaction is committed. */
    void schedule(List<RunId> runs) {
        schedule(runs, Map.of());
    }

    /**
     * @param traces which the runs go on with; one without goes on with that of the span that is under way
     */
    void schedule(List<RunId> runs, Map<RunId, @Nullable String> traces) {
        tasks.schedule(
                this,
                runs.stream()
                        .map(run -> new Tasks.Due(run.toString(), traces.get(run)))
                        .toList());
    }

    @Override
    public String name() {
        return "execute";
    }

    /** With the delays between attempts this bridges an outage of the target of about five minutes. */
    @Override
    public int maxAttempts() {
        return 16;
    }

    @Override
    public void run(String id) throws Exception {
        var found = orders.find(RunId.of(id));
        if (found.isEmpty()) {
            return; // ended by an earlier attempt
        }
        OrderStore.Content content = found.get();
        Optional<Begun> begun = QuarkusTransaction.requiringNew().call(() -> begin(content));
        if (begun.isEmpty()) {
            return; // stopped before its start
        }
        Order.Running running = begun.get().order();
        Execution execution =
                runner.run(running.subject(), content.plan(), begun.get().again());
        QuarkusTransaction.requiringNew().run(() -> end(running, content, execution));
    }

    @Override
    public void giveUp(String id, Exception last) {
        orders.find(RunId.of(id)).ifPresent(content -> {
            LOG.errorf(last, "Gave the run up: runId=%s", id);
            Failure failure = SqlFailure.of(last, null);
            // The ledger that would tell what was done lies in the target that does not answer.
            if (content.order() instanceof Order.Running running) {
                if (HalfScripts.possible(content.plan())) {
                    givenUp.add(
                            running.subject().target(),
                            new GivenUp(running.subject().runId(), content.plan()));
                }
                end(running, content, new Execution.Stopped(List.of(), failure, StateLeft.UNKNOWN));
            } else {
                end(neverBegun(content.order()), content, Execution.refused(failure));
            }
        });
    }

    /** @param again whether an earlier attempt has begun */
    private record Begun(Order.Running order, boolean again) {}

    /** Under the order's lock, so that a stop is either seen here or finds the run under way. */
    private Optional<Begun> begin(OrderStore.Content content) {
        return orders.lock(List.of(content.order().subject().runId())).stream()
                .findFirst()
                .flatMap(order -> begin(order, content));
    }

    private Optional<Begun> begin(Order order, OrderStore.Content content) {
        return switch (order) {
            case Order.Running running -> Optional.of(new Begun(running, true));
            case Order.Ready ready -> {
                Order.Stop stop = ready.stop();
                if (stop != null) {
                    end(neverBegun(ready), content, Execution.asked(stop, List.of(), StateLeft.UNCHANGED));
                    yield Optional.empty();
                }
                yield Optional.of(new Begun(start(ready, content), false));
            }
            case Order.Planned planned -> throw notReady(planned);
            case Order.Validated validated -> throw notReady(validated);
            case Order.Released released -> throw notReady(released);
        };
    }

    private Order.Running start(Order.Ready ready, OrderStore.Content content) {
        Order.Running running = ready.start(Instant.now());
        orders.save(running);
        var subject = running.subject();
        outbox.publish(new MigrationStarted(
                subject.runId(),
                subject.target(),
                subject.plan(),
                subject.kind(),
                content.plan().scripts().size()));
        return running;
    }

    /** For the end of a run that took no time. */
    private static Order.Running neverBegun(Order order) {
        return new Order.Running(order.subject(), Instant.now(), null);
    }

    private static IllegalStateException notReady(Order order) {
        return new IllegalStateException("Run %s is to be executed but is only %s."
                .formatted(order.subject().runId(), order.getClass().getSimpleName()));
    }

    private void end(Order.Running running, OrderStore.Content content, Execution execution) {
        if (!orders.remove(running.subject().runId())) {
            return; // another attempt was faster
        }
        schedule(slots.leave(running.subject().runId()));
        outbox.publish(terminal(running, content, execution));
        long rows = scripts(execution).stream()
                .map(AppliedMigration::rowsAffected)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
        meters.counter("slipway.run.executed", "kind", content.plan().kind().name(), "outcome", execution.outcome())
                .increment();
        meters.counter("slipway.row.affected").increment((double) rows);
    }

    private static RunEnded terminal(Order.Running running, OrderStore.Content content, Execution execution) {
        var run = running.subject();
        Duration took = Duration.between(running.startedAt(), Instant.now());
        return switch (run.kind()) {
            case MIGRATION ->
                switch (execution) {
                    case Execution.Completed(var scripts) ->
                        new MigrationApplied(run.runId(), run.target(), run.plan(), FigureBounds.within(scripts), took);
                    case Execution.Stopped(var scripts, var failure, var left) ->
                        new MigrationFailed(
                                run.runId(),
                                run.target(),
                                run.plan(),
                                FigureBounds.within(scripts),
                                failure,
                                left,
                                took);
                };
            case ROLLBACK ->
                switch (execution) {
                    case Execution.Completed(var scripts) ->
                        new RollbackApplied(
                                run.runId(),
                                run.target(),
                                run.plan(),
                                content.toVersion(),
                                FigureBounds.within(scripts),
                                took);
                    case Execution.Stopped(var scripts, var failure, var left) ->
                        new RollbackFailed(
                                run.runId(),
                                run.target(),
                                run.plan(),
                                FigureBounds.within(scripts),
                                failure,
                                left,
                                took);
                };
        };
    }

    private static List<AppliedMigration> scripts(Execution execution) {
        return switch (execution) {
            case Execution.Completed(var scripts) -> scripts;
            case Execution.Stopped(var scripts, var failure, var left) -> scripts;
        };
    }
}
