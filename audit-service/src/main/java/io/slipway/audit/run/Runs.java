package io.slipway.audit.run;

import io.slipway.contracts.cloudevents.DecodedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/** Brings the history up to date with events, inside the caller's transaction. */
@ApplicationScoped
public class Runs {
    private final ProjectionStore store;

    Runs(ProjectionStore store) {
        this.store = store;
    }

    /**
     * @param events in the order in which they came
     */
    public void learn(List<DecodedEvent.Known> events) {
        if (events.isEmpty()) {
            return;
        }
        store.lock(events.stream().map(known -> known.event().target()).collect(Collectors.toSet()));
        List<Change> changes = events.stream()
                .flatMap(known -> Projection.of(known.envelope(), known.event()).stream())
                .toList();
        RunRows rows = store.rows(changes);
        changes.forEach(rows::apply);
        store.save(changes, rows);
    }

    /** Forgets all that was worked out, to be told the events again from the first. */
    public void forget() {
        store.clear();
    }
}
