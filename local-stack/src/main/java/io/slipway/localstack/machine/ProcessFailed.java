package io.slipway.localstack.machine;

/** A child process ended or did not answer; the message holds the end of its log. */
public final class ProcessFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProcessFailed(String message) {
        super(message);
    }
}
