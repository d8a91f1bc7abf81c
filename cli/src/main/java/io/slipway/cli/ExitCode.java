package io.slipway.cli;

/** How the process ends; deployment systems branch on these numbers, so they never change their meaning. */
public enum ExitCode {
    OK(0, "applied, or nothing to do; a dry run that would pass; accepted, with --no-wait"),
    UNEXPECTED(1, "unexpected: a service does not answer, or answers what this version does not understand"),
    VALIDATION_FAILED(2, "validation failed"),
    REFUSED(3, "checks or policy refused: request rejected, not plannable, no backup, target unreachable, cancelled"),
    AWAITING_APPROVAL(4, "waiting for approval"),
    OUTSIDE_WINDOW(5, "outside the maintenance window"),
    FAILED_UNCHANGED(7, "failed and rolled back: the target is as before"),
    FAILED_CHANGED(8, "failed and not rolled back: look at what is left"),
    STOPPED_WAITING(9, "stopped waiting; the run goes on"),
    CONFLICT(10, "conflict: the idempotency key was used with other content, or the approval is of another plan"),
    USAGE(64, "wrong usage"),
    UNREADABLE_INPUT(66, "input that cannot be read: no such file, or no text in UTF-8");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** One line for the help text. */
    public String meaning() {
        return meaning;
    }
}
