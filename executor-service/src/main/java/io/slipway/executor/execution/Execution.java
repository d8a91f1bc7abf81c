package io.slipway.executor.execution;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Failure;
import io.slipway.contracts.StateLeft;
import io.slipway.executor.order.Order;
import java.util.List;

/** How the execution of a plan came out. */
sealed interface Execution {
    /** The code of a run that ended because someone asked for it. */
    String STOPPED = "STOPPED";

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

        /** The same, with a script in its middle. */
        Stopped halfWay() {
            return new Stopped(scripts, resumable(failure), StateLeft.INTERRUPTED);
        }
    }

    /** For the metric. */
    default String outcome() {
        return switch (this) {
            case Completed _ -> "completed";
            case Stopped stopped when stopped.failure().code().equals(STOPPED) -> "stopped";
            case Stopped stopped when stopped.stateLeft() == StateLeft.UNKNOWN -> "unknown";
            case Stopped _ -> "failed";
        };
    }

    /** Stopped at a safe point because someone asked for it. */
    static Stopped asked(Order.Stop stop, List<AppliedMigration> done, StateLeft left) {
        Failure failure = Failure.of(
                STOPPED, "'%s' asked to stop the run: %s".formatted(stop.requestedBy(), stop.reason()), remedy(left));
        return new Stopped(done, failure, left);
    }

    private static String remedy(StateLeft left) {
        return switch (left) {
            case UNCHANGED -> "Nothing was run. Request it again when it is wanted again.";
            case PARTLY_APPLIED ->
                "What is listed is done and recorded. Request the same again for the rest, or the other way to take it back.";
            case INTERRUPTED, UNKNOWN ->
                "What is listed is done and recorded. The script after it has no transaction and stopped before its end: request it again with 'resume', and it goes on there; or take its effects back, then request it again.";
        };
    }

    /** The same, with the way out of a script that stopped in its middle. */
    static Failure resumable(Failure failure) {
        return failure.remedy().contains("'resume'")
                ? failure
                : advised(
                        failure,
                        "With 'resume' it goes on at the statement that failed; the ones before it must be unchanged.");
    }

    private static Failure advised(Failure failure, String advice) {
        return new Failure(
                failure.code(),
                failure.message(),
                failure.remedy() + " " + advice,
                failure.sqlState(),
                failure.script(),
                failure.line());
    }

    /** Stopped with nothing changed. */
    static Stopped refused(Failure failure) {
        return new Stopped(List.of(), failure, StateLeft.UNCHANGED);
    }
}
