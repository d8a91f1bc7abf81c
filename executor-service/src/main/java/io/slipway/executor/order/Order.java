package io.slipway.executor.order;

import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run on its way to execution; each state offers only the steps that are legal from it. */
public sealed interface Order {
    Subject subject();

    /** Who asked to stop the run; a run can be asked once it is released, before that the planner ends it alone. */
    default @Nullable Stop stop() {
        return null;
    }

    /**
     * What is to run.
     *
     * @param plan the only digest that counts for this run
     */
    record Subject(RunId runId, TargetId target, Plan.Kind kind, PlanDigest plan) {}

    /**
     * Who wants the run to end at its next safe point, and why.
     *
     * @param now whether the statement at work is to be cancelled as well
     */
    record Stop(String requestedBy, String reason, boolean now) {}

    /** Known, not judged. */
    record Planned(Subject subject) implements Order {
        Validated validate() {
            return new Validated(subject);
        }
    }

    /** The validator let it pass. */
    record Validated(Subject subject) implements Order {
        Released release() {
            return new Released(subject, null);
        }
    }

    /** The planner let it go; the backup is being made. */
    record Released(Subject subject, @Nullable Stop stop) implements Order {
        Ready ready() {
            return new Ready(subject, stop);
        }

        Released halt(Stop asked) {
            return new Released(subject, asked);
        }
    }

    /** Backed up, or allowed to go without: to be executed. */
    record Ready(Subject subject, @Nullable Stop stop) implements Order {
        public Running start(Instant now) {
            return new Running(subject, now, stop);
        }

        Ready halt(Stop asked) {
            return new Ready(subject, asked);
        }
    }

    /**
     * Execution has begun.
     *
     * @param startedAt of the first attempt
     */
    record Running(
            Subject subject, Instant startedAt, @Nullable Stop stop) implements Order {
        Running halt(Stop asked) {
            return new Running(subject, startedAt, asked);
        }
    }
}
