package io.slipway.executor.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.executor.lock.LockPolicy.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LockPolicyTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(40));
    private static final LockPolicy RETRY = new LockPolicy.Retry(Duration.ofMillis(500), BOUND, BACKOFF);

    @Test
    void attemptsGrowFromTheFirstToTheTargetsBound() {
        assertThat(timeouts(RETRY, 6)).containsExactly(500L, 1000L, 2000L, 4000L, 5000L, 5000L);
        assertThat(RETRY.timeout(Integer.MAX_VALUE)).isEqualTo(BOUND);
    }

    @Test
    void boundBelowTheFirstAttemptHoldsFromTheStart() {
        var tight = new LockPolicy.Retry(Duration.ofMillis(500), Duration.ofMillis(100), BACKOFF);
        assertThat(timeouts(tight, 2)).containsExactly(100L, 100L);
    }

    @Test
    void canaryIsFollowedByHeldAttempts() {
        var canary = new LockPolicy.Canary(3, Duration.ofSeconds(10), BACKOFF);
        assertThat(timeouts(canary, 4)).containsExactly(1000L, 7000L, 7000L, 7000L);
        assertThat(timeouts(new LockPolicy.Canary(3, BOUND, BACKOFF), 2)).containsExactly(1000L, 5000L);
    }

    @Test
    void canaryGivesUpAfterItsHeldAttempts() {
        var canary = new LockPolicy.Canary(2, BOUND, BACKOFF);
        var random = new SplittableRandom(1);
        assertThat(canary.pause(2, Duration.ZERO, random)).isPresent();
        assertThat(canary.pause(3, Duration.ZERO, random)).isEmpty();
    }

    @Test
    void pausesAreDrawnFromZeroToABoundThatDoubles() {
        // Given
        List<Long> bounds = List.of(500L, 1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L);
        for (int failures = 1; failures <= bounds.size(); failures++) {
            // When
            List<Long> pauses = pauses(failures);
            // Then
            long bound = bounds.get(failures - 1);
            assertThat(pauses).allMatch(pause -> pause >= 0 && pause <= bound);
            assertThat(pauses).anyMatch(pause -> pause < bound / 4).anyMatch(pause -> pause > bound * 3 / 4);
        }
    }

    @Test
    void sameSeedGivesTheSamePauses() {
        assertThat(pauses(4)).isEqualTo(pauses(4));
    }

    @Test
    void nothingIsTriedThatWouldBeginBehindTheBudget() {
        var random = new SplittableRandom(1);
        assertThat(RETRY.pause(500, Duration.ofMinutes(39), random)).isPresent();
        assertThat(RETRY.pause(500, Duration.ofMinutes(40), random)).isEmpty();
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, BOUND, BOUND))
                .hasMessage("slipway.executor.locks.first-pause must be 1 ms or more, but is PT0S.");
        assertThatThrownBy(() -> new LockPolicy.Canary(-1, BOUND, BACKOFF)).hasMessageContaining("-1");
    }

    private static List<Long> pauses(int failures) {
        var random = new SplittableRandom(42);
        return IntStream.range(0, 100)
                .mapToObj(_ -> RETRY.pause(failures, Duration.ZERO, random).orElseThrow())
                .map(Duration::toMillis)
                .toList();
    }

    private static List<Long> timeouts(LockPolicy policy, int attempts) {
        return IntStream.range(0, attempts)
                .mapToObj(policy::timeout)
                .map(Duration::toMillis)
                .toList();
    }
}
