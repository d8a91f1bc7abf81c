package io.slipway.executor.execution;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Failure;
import io.slipway.contracts.StateLeft;
import java.util.List;

/** How the execution of a plan came out. */
sealed interface Execution {
    /** Everything ran; {@code scripts} also lists what an earlier attempt of the same run did. */
    record Completed(List<AppliedMigration> scripts) implements Execution {
        public Completed {
            scripts = List.copyOf(scripts);
        }
    }

    /** It stopped for good; {@code scripts} are done and stay so. */
    record Stopped(List<AppliedMigration> scripts, Failure failure, StateLeft stateLeft) implements Execution {
        public Stopped {
            scripts = List.copyOf(scripts);
        }
    }

    /** Stopped with nothing changed. */
    static Stopped refused(Failure failure) {
        return new Stopped(List.of(), failure, StateLeft.UNCHANGED);
    }
}
