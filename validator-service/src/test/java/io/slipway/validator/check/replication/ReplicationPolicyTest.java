package io.slipway.validator.check.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.PreMigrationCheck.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationPolicyTest {

    @ParameterizedTest
    @CsvSource({"streaming, 30, PASSED", "streaming, 31, FAILED", "catchup, 0, FAILED", ", 0, UNKNOWN"})
    void judgesReplicasByTheirLag(@Nullable String state, long seconds, Outcome outcome) {
        assertThat(ReplicationPolicy.lag(List.of(new Replica("standby", state, seconds, 1)), 30)
                        .outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "true, reserved, 100, PASSED",
        "true, extended, 101, FAILED",
        "false, reserved, 0, FAILED",
        "true, unreserved, 0, FAILED",
        "false, lost, 0, FAILED"
    })
    void judgesSlotsByTheirWal(boolean active, String status, long retained, Outcome outcome) {
        assertThat(ReplicationPolicy.slots(List.of(new Slot("cdc", active, status, retained)), 100)
                        .outcome())
                .isEqualTo(outcome);
    }
}
