package io.slipway.executor.execution;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.slipway.executor.slot.Slots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Lets waiting runs begin after a restart that gave their server more slots; else each end of a run does it. */
@ApplicationScoped
class SlotReview {
    private final Slots slots;
    private final ExecuteTask execute;

    SlotReview(Slots slots, ExecuteTask execute) {
        this.slots = slots;
        this.execute = execute;
    }

    void review(@Observes StartupEvent event) {
        slots.contended()
                .forEach(server -> QuarkusTransaction.requiringNew().run(() -> execute.schedule(slots.review(server))));
    }
}
