package io.slipway.benchmarks.latency;

import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.ValidationPassed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One run as the benchmark saw it.
 *
 * @param took from just before the request to the arrival of {@code MigrationApplied} at a consumer
 * @param asked the wall clock's time of the request
 * @param facts when each fact came about, by its type
 */
record SlipwayRun(Duration took, Instant asked, Map<Class<? extends RunFact>, Instant> facts) {

    SlipwayRun {
        facts = Map.copyOf(facts);
        if (!facts.containsKey(BackupCompleted.class)) {
            throw new IllegalStateException(
                    "The run had no backup, so that it says nothing about this figure: " + facts);
        }
    }

    /** The parts of a run's time; each lasts from the end of the one before. */
    enum Part {
        PLAN("plan", MigrationPlanned.class),
        VALIDATE("validate", ValidationPassed.class),
        RELEASE("release", RunReleased.class),
        BACK_UP("back up and verify", BackupCompleted.class),
        START("check plan and start", MigrationStarted.class),
        APPLY("apply and record", MigrationApplied.class);

        private final String title;
        private final Class<? extends RunFact> end;

        Part(String title, Class<? extends RunFact> end) {
            this.title = title;
            this.end = end;
        }

        String title() {
            return title;
        }
    }

    Duration took(Part part) {
        return Duration.between(part.ordinal() == 0 ? asked : at(Part.values()[part.ordinal() - 1]), at(part));
    }

    /** From the last fact's own time to its arrival: the outbox, the broker and the consumer. */
    Duration delivery() {
        return took.minus(Duration.between(asked, at(Part.APPLY)));
    }

    private Instant at(Part part) {
        var at = facts.get(part.end);
        if (at == null) {
            throw new IllegalStateException("The run had no " + part.end.getSimpleName() + ": " + facts);
        }
        return at;
    }
}
