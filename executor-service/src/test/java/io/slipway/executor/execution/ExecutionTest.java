package io.slipway.executor.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.Failure;
import io.slipway.contracts.StateLeft;
import io.slipway.executor.order.Order;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutionTest {
    @Test
    void tellsARunThatSomeoneStoppedFromOneThatFailed() {
        // Given
        var asked = new Order.Stop("ada", "The checkout waits", false);
        var failure = Failure.of("SQL_ERROR", "division by zero", "Correct it.");
        // Then
        assertThat(new Execution.Completed(List.of()).outcome()).isEqualTo("completed");
        assertThat(Execution.asked(asked, List.of(), StateLeft.UNCHANGED).outcome())
                .isEqualTo("stopped");
        assertThat(Execution.refused(failure).outcome()).isEqualTo("failed");
        assertThat(new Execution.Stopped(List.of(), failure, StateLeft.UNKNOWN).outcome())
                .isEqualTo("unknown");
    }
}
