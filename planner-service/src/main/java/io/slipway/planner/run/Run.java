package io.slipway.planner.run;

import io.slipway.contracts.Hold;
import io.slipway.contracts.PlanDigest;
import java.util.List;

/** Where a run is. Transitions exist only on the states in which they are legal. */
sealed interface Run {
    Ticket ticket();

    RunState state();

    /** A run that may still be given up, since nothing has been released to act on the target. */
    sealed interface Waiting extends Run {
        default Ended giveUp() {
            return new Ended(ticket(), RunState.CANCELLED);
        }
    }

    /** A run that another service acts on; it ends as that service says. */
    sealed interface UnderWay extends Run {
        PlanDigest plan();

        default Ended end(RunState outcome) {
            return new Ended(ticket(), outcome);
        }
    }

    record Queued(Ticket ticket) implements Waiting {
        Planning begin() {
            return new Planning(ticket, 1);
        }

        @Override
        public RunState state() {
            return RunState.QUEUED;
        }
    }

    /**
     * @param round how often it has been planned, this time included
     */
    record Planning(Ticket ticket, int round) implements Waiting {
        Validating planned(PlanDigest plan, List<String> scripts) {
            return new Validating(ticket, round, plan, scripts);
        }

        Ended notNeeded() {
            return new Ended(ticket, RunState.NOT_NEEDED);
        }

        @Override
        public RunState state() {
            return RunState.PLANNING;
        }
    }

    /**
     * @param scripts the names of the plan's scripts, in order
     */
    record Validating(Ticket ticket, int round, PlanDigest plan, List<String> scripts) implements Waiting {
        public Validating {
            scripts = List.copyOf(scripts);
        }

        Clearing pass() {
            return new Clearing(ticket, round, plan);
        }

        Ended dryRunCompleted() {
            return new Ended(ticket, RunState.DRY_RUN_COMPLETED);
        }

        @Override
        public RunState state() {
            return RunState.VALIDATING;
        }
    }

    /** Validated, and not released yet. */
    sealed interface AtGate extends Waiting {
        int round();

        PlanDigest plan();

        default Held hold(Hold why) {
            return new Held(ticket(), round(), plan(), why);
        }

        default Released release() {
            return new Released(ticket(), plan());
        }

        default Planning planAnew() {
            return new Planning(ticket(), round() + 1);
        }
    }

    /** Whether it may go, and whether the target is still as planned, is being looked at. */
    record Clearing(Ticket ticket, int round, PlanDigest plan) implements AtGate {
        @Override
        public RunState state() {
            return RunState.VALIDATING;
        }
    }

    /** Waits for a window or an approval. */
    record Held(Ticket ticket, int round, PlanDigest plan, Hold why) implements AtGate {
        @Override
        public RunState state() {
            return RunState.HELD;
        }
    }

    record Released(Ticket ticket, PlanDigest plan) implements UnderWay {
        BackedUp backedUp() {
            return new BackedUp(ticket, plan);
        }

        Running start() {
            return new Running(ticket, plan);
        }

        @Override
        public RunState state() {
            return RunState.RELEASED;
        }
    }

    record BackedUp(Ticket ticket, PlanDigest plan) implements UnderWay {
        Running start() {
            return new Running(ticket, plan);
        }

        @Override
        public RunState state() {
            return RunState.BACKED_UP;
        }
    }

    record Running(Ticket ticket, PlanDigest plan) implements UnderWay {
        @Override
        public RunState state() {
            return RunState.RUNNING;
        }
    }

    /**
     * @param state one of those that have {@linkplain RunState#ended() ended}
     */
    record Ended(Ticket ticket, RunState state) implements Run {
        public Ended {
            if (!state.ended()) {
                throw new IllegalArgumentException("A run cannot end as %s.".formatted(state));
            }
        }
    }
}
