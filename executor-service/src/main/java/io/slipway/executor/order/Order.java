package io.slipway.executor.order;

import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.time.Instant;

/** One run on its way to execution; each state offers only the steps that are legal from it. */
public sealed interface Order {
    Subject subject();

    /**
     * What is to run.
     *
     * @param plan the only digest that counts for this run
     */
    record Subject(RunId runId, TargetId target, Plan.Kind kind, PlanDigest plan) {}

    /** Known, not judged. */
    record Planned(Subject subject) implements Order {
        Validated validate() {
            return new Validated(subject);
        }
    }

    /** The validator let it pass. */
    record Validated(Subject subject) implements Order {
        Released release() {
            return new Released(subject);
        }
    }

    /** The planner let it go; the backup is being made. */
    record Released(Subject subject) implements Order {
        Ready ready() {
            return new Ready(subject);
        }
    }

    /** Backed up, or allowed to go without: to be executed. */
    record Ready(Subject subject) implements Order {
        public Running start(Instant now) {
            return new Running(subject, now);
        }
    }

    /**
     * Execution has begun.
     *
     * @param startedAt of the first attempt
     */
    record Running(Subject subject, Instant startedAt) implements Order {}
}
