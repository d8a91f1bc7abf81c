package io.slipway.localstack.demo;

import io.slipway.localstack.supervise.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The time after the tour: a service that the user kills comes back, since its work is durable. */
final class LookingAround {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final LocalStack stack;
    private final BooleanSupplier stopping;
    private final Consumer<String> notes;

    LookingAround(LocalStack stack, BooleanSupplier stopping, Consumer<String> notes) {
        this.stack = stack;
        this.stopping = stopping;
        this.notes = notes;
    }

    /** Returns the exit code when the stack is stopped, or when a server is lost. */
    int watch() {
        while (!stopping.getAsBoolean()) {
            if (!stack.kafka().isAlive()) {
                return lost("Kafka", stack.kafka().logTail());
            }
            if (!stack.postgres().isAlive()) {
                return lost("PostgreSQL", stack.postgres().logTail());
            }
            for (var service : stack.services()) {
                if (!service.isAlive() && !stopping.getAsBoolean()) {
                    notes.accept("the " + service.service().title() + " has ended; starting it again");
                    service.restart();
                }
            }
            pause();
        }
        return 0;
    }

    private int lost(String server, List<String> logTail) {
        if (!stopping.getAsBoolean()) {
            notes.accept(server + " has ended. The end of its log:\n" + String.join("\n", logTail));
        }
        return 1;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the demo was up", e);
        }
    }
}
