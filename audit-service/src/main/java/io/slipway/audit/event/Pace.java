package io.slipway.audit.event;

import java.time.Duration;
import java.time.Instant;

/**
 * How far the batches of one topic have used up what they may run ahead of their pace.
 *
 * @param due when the next batch would begin if none ever ran ahead
 */
record Pace(Instant due) {
    static final Pace UNUSED = new Pace(Instant.MIN);

    /** One more batch began. */
    Pace after(Instant began, Duration pace) {
        return new Pace((due.isBefore(began) ? began : due).plus(pace));
    }

    /** How long to hold the next batch back; zero or less while it may run ahead. */
    Duration hold(Instant now, Duration pace, int ahead) {
        return Duration.between(now, due).minus(pace.multipliedBy(ahead));
    }
}
