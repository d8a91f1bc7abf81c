package io.slipway.audit.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration PACE = Duration.ofMillis(100);
    private static final int AHEAD = 3;

    private final Instant begin = Instant.parse("2026-01-31T08:00:00Z");

    @Test
    void letsAFewBatchesRunAheadAndHoldsTheOthersToThePace() {
        Pace pace = Pace.UNUSED;
        for (int i = 0; i < AHEAD; i++) {
            pace = pace.after(begin, PACE);
            assertThat(pace.hold(begin, PACE, AHEAD)).isLessThanOrEqualTo(Duration.ZERO);
        }

        pace = pace.after(begin, PACE);
        assertThat(pace.hold(begin, PACE, AHEAD)).isEqualTo(PACE);
        assertThat(pace.hold(begin.plusMillis(40), PACE, AHEAD)).isEqualTo(Duration.ofMillis(60));
        pace = pace.after(begin.plus(PACE), PACE);
        assertThat(pace.hold(begin.plus(PACE), PACE, AHEAD)).isEqualTo(PACE);
    }

    @Test
    void forgetsAHurryAfterAQuietWhile() {
        Pace pace = Pace.UNUSED;
        for (int i = 0; i < 10; i++) {
            pace = pace.after(begin, PACE);
        }
        Instant later = begin.plusSeconds(60);

        assertThat(pace.after(later, PACE).hold(later, PACE, AHEAD)).isEqualTo(PACE.multipliedBy(1 - AHEAD));
    }
}
