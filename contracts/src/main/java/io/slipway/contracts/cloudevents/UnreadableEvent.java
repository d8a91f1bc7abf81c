package io.slipway.contracts.cloudevents;

/** A record that is no event of ours, or breaks an invariant of its type: what is wrong and where. */
public final class UnreadableEvent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableEvent(String message, Throwable cause) {
        super(message, cause);
    }

    public UnreadableEvent(String message) {
        super(message);
    }
}
