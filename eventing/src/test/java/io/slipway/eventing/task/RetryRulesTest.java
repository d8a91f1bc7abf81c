package io.slipway.eventing.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryRulesTest {
    private final RetryRules rules = new RetryRules(Duration.ofMillis(200), Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({"1, PT0.2S", "2, PT0.4S", "8, PT25.6S", "9, PT30S", "2000000000, PT30S"})
    void doublesThePauseUpToItsBound(int failures, Duration pause) {
        assertThat(rules.pauseAfter(failures)).isEqualTo(pause);
    }

    @Test
    void isExhaustedWithTheLastAttempt() {
        assertThat(rules.exhausted(7, 8)).isFalse();
        assertThat(rules.exhausted(8, 8)).isTrue();
    }
}
