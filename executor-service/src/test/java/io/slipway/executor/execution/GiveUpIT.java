package io.slipway.executor.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.eventing.EventProbe;
import io.slipway.eventing.SharedServersResource;
import io.slipway.executor.PlanFixture;
import io.slipway.executor.order.GivenUpStore;
import io.slipway.executor.order.GivenUpStore.GivenUp;
import io.slipway.executor.order.Order;
import io.slipway.executor.order.OrderBook;
import io.slipway.executor.order.OrderStore;
import io.slipway.targets.pool.TargetPools;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of a run whose target went away for longer than the executor tries. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class GiveUpIT {
    private static final TargetId TARGET = new TargetId("default");
    private static final SQLException GONE = new SQLException("Connection refused.", "08001");

    @Inject
    ExecuteTask task;

    @Inject
    OrderStore orders;

    @Inject
    GivenUpStore givenUp;

    @Inject
    TargetPools pools;

    private final EventProbe probe = EventProbe.connect();
    private final RunId run = RunId.random();

    @AfterEach
    void disconnect() {
        probe.close();
    }

    @Test
    void claimsNothingAboutATargetThatIsGone() throws SQLException {
        // Given
        Order.Subject subject = stored();
        orders.save(new Order.Running(subject, Instant.now(), null));
        // When
        QuarkusTransaction.requiringNew().run(() -> task.giveUp(run.toString(), GONE));
        // Then
        var failed = ended();
        assertThat(failed.stateLeft()).isEqualTo(StateLeft.UNKNOWN);
        assertThat(failed.failure().code()).isEqualTo("TARGET_UNREACHABLE");
        assertThat(failed.failure().remedy()).contains("Bring the target back");
        assertThat(orders.find(run)).isEmpty();
        assertThat(givenUp.of(TARGET)).isEmpty();
    }

    @Test
    void remembersARunThatMayHaveLeftAScriptHalfDone() throws SQLException {
        // Given
        Order.Subject subject = stored(PlanFixture.ofOneIndex(pools.writer(TARGET)));
        orders.save(new Order.Running(subject, Instant.now(), null));
        // When
        QuarkusTransaction.requiringNew().run(() -> task.giveUp(run.toString(), GONE));
        // Then
        assertThat(givenUp.of(TARGET)).extracting(GivenUp::run).containsExactly(run);
        givenUp.remove(run);
    }

    @Test
    void saysThatNothingChangedWhereNothingBegan() throws SQLException {
        // Given
        Order.Subject subject = stored();
        orders.save(new Order.Ready(subject, null));
        // When
        QuarkusTransaction.requiringNew().run(() -> task.giveUp(run.toString(), GONE));
        // Then
        assertThat(ended().stateLeft()).isEqualTo(StateLeft.UNCHANGED);
    }

    private MigrationFailed ended() {
        return probe.await(MigrationFailed.class, fact -> fact.runId().equals(run));
    }

    private Order.Subject stored() throws SQLException {
        return stored(PlanFixture.ofOneTable(pools.writer(TARGET)));
    }

    private Order.Subject stored(Plan plan) {
        var book = new OrderBook(List.of());
        book.tell(new MigrationPlanned(run, TARGET, plan, "request", false, false, "ada", "test", null));
        orders.write(book);
        return book.order(run).orElseThrow().subject();
    }
}
