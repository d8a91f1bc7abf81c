package io.slipway.executor.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressRateTest {
    private final ProgressRate rate = new ProgressRate(Duration.ofSeconds(1), 100);

    @Test
    void keepsToTheInterval() {
        assertThat(rate.due(0, Duration.ofMillis(999))).isFalse();
        assertThat(rate.due(99, Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void tellsOnceAMinuteWhatGoesOnForLong() {
        assertThat(rate.due(100, Duration.ofSeconds(59))).isFalse();
        assertThat(rate.due(100, Duration.ofMinutes(1))).isTrue();
    }
}
