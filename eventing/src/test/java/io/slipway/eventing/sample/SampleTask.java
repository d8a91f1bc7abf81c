package io.slipway.eventing.sample;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.eventing.outbox.Outbox;
import io.slipway.eventing.task.DurableTask;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/** The id, {@code outcome:target}, says how it goes: {@code works}, {@code works-third-time} or {@code never-works}. */
@ApplicationScoped
public class SampleTask implements DurableTask {
    private final SampleStore store;
    private final Outbox outbox;

    SampleTask(SampleStore store, Outbox outbox) {
        this.store = store;
        this.outbox = outbox;
    }

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public int maxAttempts() {
        return 3;
    }

    @Override
    public void run(String id) throws Exception {
        store.attempted(id);
        boolean works =
                switch (outcome(id)) {
                    case "works" -> true;
                    case "works-third-time" -> store.tracesOfAttempts(id).size() == 3;
                    default -> false;
                };
        if (!works) {
            throw new IOException("The thing that this task needs is away");
        }
        QuarkusTransaction.requiringNew().run(() -> outbox.publish(Facts.held(target(id), "done")));
    }

    @Override
    public void giveUp(String id, Exception last) {
        outbox.publish(Facts.held(target(id), "given up: " + last.getMessage()));
    }

    private static String outcome(String id) {
        return id.substring(0, id.indexOf(':'));
    }

    private static String target(String id) {
        return id.substring(id.indexOf(':') + 1);
    }
}
