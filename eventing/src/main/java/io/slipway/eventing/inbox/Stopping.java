package io.slipway.eventing.inbox;

/** The service stops while an event waits; nothing is wrong with the event, which is taken in after the next start. */
public final class Stopping extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopping(InterruptedException cause) {
        super("The service stops; the event is taken in after the next start", cause);
    }
}
