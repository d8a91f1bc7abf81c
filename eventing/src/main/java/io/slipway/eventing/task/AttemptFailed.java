package io.slipway.eventing.task;

import org.jspecify.annotations.Nullable;

/** Carries a checked exception of a task through db-scheduler, which takes unchecked ones only. */
final class AttemptFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exception reason;

    AttemptFailed(Exception reason) {
        super(reason.getMessage(), reason);
        this.reason = reason;
    }

    /** What the task itself threw; an error of the virtual machine comes wrapped. */
    static Exception unwrap(@Nullable Throwable thrown) {
        return switch (thrown) {
            case AttemptFailed failed -> failed.reason;
            case Exception e -> e;
            case null -> new IllegalStateException("The attempt failed without a cause");
            default -> new IllegalStateException(thrown);
        };
    }
}
