package io.slipway.executor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LagPolicyTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void letsBatchesGoOnWithoutReplicasAndWithOnesThatKeepUp() {
        assertThat(LagPolicy.obstacle(List.of(), LIMIT)).isEmpty();
        assertThat(LagPolicy.obstacle(List.of(standby("streaming", 10)), LIMIT)).isEmpty();
    }

    @Test
    void waitsForTheSlowestReplica() {
        assertThat(LagPolicy.obstacle(List.of(standby("streaming", 14), standby("streaming", 1)), LIMIT))
                .contains("replica 'shop-replica' is 14 s behind");
    }

    @Test
    void waitsForOneThatIsNotStreamingYet() {
        assertThat(LagPolicy.obstacle(List.of(standby("catchup", 0)), LIMIT))
                .contains("replica 'shop-replica' is still catching up");
    }

    @Test
    void countsThoseThatTheRoleIsNotToldAbout() {
        // Given
        var standbys = List.of(standby(null, 0), standby("streaming", 0));
        // Then
        assertThat(LagPolicy.obstacle(standbys, LIMIT)).isEmpty();
        assertThat(LagPolicy.hidden(standbys)).isEqualTo(1);
    }

    private static Standby standby(String state, int seconds) {
        return new Standby("shop-replica", state, Duration.ofSeconds(seconds));
    }
}
