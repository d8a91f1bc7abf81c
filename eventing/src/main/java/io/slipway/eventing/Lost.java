package io.slipway.eventing;

/** The control-plane database or the broker did not do its part; the cause says which and why. */
public final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Lost(String message, Throwable cause) {
        super(message, cause);
    }
}
