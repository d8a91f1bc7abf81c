package io.slipway.policy;

import java.time.Instant;
import java.time.ZoneId;

/**
 * Time in which nothing begins and nothing may be under way, whatever the windows say.
 *
 * @param to the first instant after it
 * @param zone in which it was written
 * @param line where it stands in the file
 */
record Freeze(Instant from, Instant to, ZoneId zone, String reason, int line) {
    boolean covers(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    @Override
    public String toString() {
        return "%s to %s (%s)".formatted(LocalText.of(from, zone), LocalText.of(to, zone), reason);
    }
}
