package io.slipway.planner.run;

import io.slipway.contracts.Hold;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.planner.run.Run.AtGate;
import io.slipway.planner.run.Run.BackedUp;
import io.slipway.planner.run.Run.Clearing;
import io.slipway.planner.run.Run.Ended;
import io.slipway.planner.run.Run.Held;
import io.slipway.planner.run.Run.Planning;
import io.slipway.planner.run.Run.Queued;
import io.slipway.planner.run.Run.Released;
import io.slipway.planner.run.Run.Running;
import io.slipway.planner.run.Run.Validating;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of states in the database: those that callers see, and one more where they see less. */
final class StoredRun {
    static final String PLANNING = RunState.PLANNING.name();
    static final String CLEARING = "CLEARING";

    private StoredRun() {}

    static String name(Run run) {
        return run instanceof Clearing ? CLEARING : run.state().name();
    }

    /** What callers see for a stored name. */
    static RunState visible(String name) {
        return name.equals(CLEARING) ? RunState.VALIDATING : RunState.valueOf(name);
    }

    /** Zero where the round says nothing any more, or not yet. */
    static int round(Run run) {
        return switch (run) {
            case Planning planning -> planning.round();
            case Validating validating -> validating.round();
            case AtGate atGate -> atGate.round();
            case Queued _, Released _, BackedUp _, Running _, Ended _ -> 0;
        };
    }

    static Run run(
            String name,
            Ticket ticket,
            int round,
            @Nullable PlanDigest digest,
            List<String> scripts,
            @Nullable Hold hold) {
        if (name.equals(CLEARING)) {
            return new Clearing(ticket, round, plan(digest, name));
        }
        RunState state = RunState.valueOf(name);
        return switch (state) {
            case QUEUED -> new Queued(ticket);
            case PLANNING -> new Planning(ticket, round);
            case VALIDATING -> new Validating(ticket, round, plan(digest, name), scripts);
            case RELEASED -> new Released(ticket, plan(digest, name));
            case BACKED_UP -> new BackedUp(ticket, plan(digest, name));
            case RUNNING -> new Running(ticket, plan(digest, name));
            case HELD -> new Held(ticket, round, plan(digest, name), Required.present("hold", hold));
            case APPLIED, ROLLED_BACK, NOT_NEEDED, DRY_RUN_COMPLETED, FAILED, CANCELLED -> new Ended(ticket, state);
        };
    }

    private static PlanDigest plan(@Nullable PlanDigest digest, String state) {
        if (digest == null) {
            throw new IllegalStateException(
                    "A run in state %s has a plan, but the stored one has none.".formatted(state));
        }
        return digest;
    }
}
