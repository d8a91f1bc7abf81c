package io.slipway.backup.release;

import io.quarkus.runtime.StartupEvent;
import io.slipway.backup.dump.Dumps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Looks for {@code pg_dump} in the background of the start, so that the log says at once whether backups can be made. */
@ApplicationScoped
class WarmUp {
    private final Dumps dumps;

    WarmUp(Dumps dumps) {
        this.dumps = dumps;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("pg-dump-version").start(() -> {
            try {
                dumps.warmUp();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
