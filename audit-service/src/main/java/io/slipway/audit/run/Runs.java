package io.slipway.audit.run;

import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.event.MigrationEvent;
import jakarta.enterprise.context.ApplicationScoped;

/** Brings the history up to date with an event, inside the caller's transaction. */
@ApplicationScoped
public class Runs {
    private final ProjectionStore store;

    Runs(ProjectionStore store) {
        this.store = store;
    }

    public void learn(Envelope envelope, MigrationEvent event) {
        store.lock(event.target());
        Projection.of(envelope, event).forEach(store::apply);
    }

    /** Forgets all that was worked out, to be told the events again from the first. */
    public void forget() {
        store.clear();
    }
}
