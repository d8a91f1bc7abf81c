package io.slipway.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.audit.RunFixture;
import io.slipway.contracts.event.MigrationEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunRowsTest {
    private static final RunFixture RUN = RunFixture.on("shop");

    @Test
    void comesToTheSameWhicheverOfRequestAndFactsIsToldFirst() {
        // When
        RunRow inOrder = told(RUN.requested(), RUN.planned(), RUN.started());
        RunRow requestLast = told(RUN.planned(), RUN.started(), RUN.requested());

        // Then
        assertThat(List.of(RunColumn.values()))
                .filteredOn(column -> column != RunColumn.CREATED_AT && column != RunColumn.STARTED_AT)
                .allSatisfy(column -> assertThat(inOrder.value(column)).isEqualTo(requestLast.value(column)));
        assertThat(inOrder.value(RunColumn.REQUEST_SOURCE)).isEqualTo(RunFixture.SOURCE);
    }

    @Test
    void leavesAnEndedRunAsItEnded() {
        RunRow row = told(RUN.planned(), RUN.failed(), RUN.held(), RUN.applied(), RUN.rejected());

        assertThat(row.value(RunColumn.STATE)).isEqualTo(RunState.ENDED);
        assertThat(row.value(RunColumn.OUTCOME)).isEqualTo(Outcome.FAILED);
        assertThat(row.value(RunColumn.FAILURE)).isEqualTo(RunFixture.failure());
    }

    @Test
    void saysWhoAskedForWhatWasRejected() {
        RunRow row = told(RUN.requested(), RUN.rejected());

        assertThat(row.value(RunColumn.OUTCOME)).isEqualTo(Outcome.REJECTED);
        assertThat(row.value(RunColumn.REQUESTED_BY)).isEqualTo("deployer");
    }

    @Test
    void listsNoRunOfWhichOnlyAnApprovalIsKnown() {
        RunRows rows = new RunRows(Map.of(), Map.of());

        Projection.of(RUN.envelope(RUN.approved(), 1), RUN.approved()).forEach(rows::apply);

        assertThat(rows.all()).isEmpty();
    }

    /** Each a second later than the one before. */
    private static RunRow told(MigrationEvent... events) {
        RunRows rows = new RunRows(Map.of(), Map.of());
        for (int i = 0; i < events.length; i++) {
            Projection.of(RUN.envelope(events[i], i), events[i]).forEach(rows::apply);
        }
        assertThat(rows.all()).hasSize(1);
        return rows.all().iterator().next();
    }
}
