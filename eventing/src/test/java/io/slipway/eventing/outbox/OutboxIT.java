package io.slipway.eventing.outbox;

import static io.slipway.eventing.sample.Facts.held;
import static io.slipway.eventing.sample.Facts.newTarget;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Topics;
import io.slipway.contracts.event.RunHeld;
import io.slipway.eventing.EventProbe;
import io.slipway.eventing.SharedServersResource;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SharedServersResource.class)
class OutboxIT {
    @Inject
    Outbox outbox;

    @Inject
    OutboxRelay relay;

    private final String target = newTarget();
    private EventProbe probe;

    @BeforeEach
    void connect() {
        probe = EventProbe.connect();
    }

    @AfterEach
    void disconnect() {
        probe.close();
    }

    @Test
    void publishesNothingAfterARollback() {
        // When
        QuarkusTransaction.begin();
        outbox.publish(held(target, "never"));
        QuarkusTransaction.rollback();
        QuarkusTransaction.requiringNew().run(() -> outbox.publish(held(target, "last")));

        // Then
        probe.await(RunHeld.class, fact -> fact.hold().detail().equals("last") && isOurs(fact));
        assertThat(published(target)).containsExactly("last");
    }

    @Test
    void keepsTheOrderOfEachKeyWhileManyWrite() throws Exception {
        // Given
        List<String> targets = Stream.generate(() -> newTarget()).limit(4).toList();
        List<String> expected =
                IntStream.range(0, 100).mapToObj(String::valueOf).toList();

        // When
        try (var writers = Executors.newFixedThreadPool(targets.size())) {
            targets.forEach(each -> writers.submit(() -> expected.forEach(
                    detail -> QuarkusTransaction.requiringNew().run(() -> outbox.publish(held(each, detail))))));
        }

        // Then
        for (String each : targets) {
            probe.await(
                    Topics.EVENTS,
                    received -> received.event() instanceof RunHeld fact
                            && fact.target().name().equals(each)
                            && fact.hold().detail().equals("99"));
            assertThat(published(each)).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void publishesEachFactOnceAndInOrderAlthoughSeveralRelaysCompete() throws Exception {
        // Given
        List<String> expected =
                IntStream.range(0, 100).mapToObj(String::valueOf).toList();
        var done = new AtomicBoolean();

        // When
        try (var relays = Executors.newFixedThreadPool(3)) {
            var cycles = IntStream.range(0, 3)
                    .mapToObj(_ -> relays.submit(() -> {
                        while (!done.get()) {
                            relay.cycle();
                        }
                    }))
                    .toList();
            expected.forEach(
                    detail -> QuarkusTransaction.requiringNew().run(() -> outbox.publish(held(target, detail))));
            probe.await(
                    RunHeld.class, fact -> isOurs(fact) && fact.hold().detail().equals("99"));
            done.set(true);
            for (var cycle : cycles) {
                cycle.get();
            }
        }

        // Then
        assertThat(published(target)).containsExactlyElementsOf(expected);
    }

    @Test
    void refusesAFactOutsideATransaction() {
        assertThatThrownBy(() -> outbox.publish(held(target, "homeless")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
    }

    @Test
    void saysWhoPublishedAndAboutWhichRun() {
        // Given
        var fact = held(target, "named");

        // When
        var envelope = QuarkusTransaction.requiringNew().call(() -> outbox.publish(fact));

        // Then
        var received = probe.await(Topics.EVENTS, event -> event.envelope().id().equals(envelope.id()));
        assertThat(received.envelope().source()).isEqualTo("/slipway/planner");
        assertThat(received.envelope().subject()).isEqualTo(fact.runId().toString());
        assertThat(received.event()).isEqualTo(fact);
    }

    private List<String> published(String name) {
        return probe.on(Topics.EVENTS)
                .map(EventProbe.Received::event)
                .filter(RunHeld.class::isInstance)
                .map(RunHeld.class::cast)
                .filter(fact -> fact.target().name().equals(name))
                .map(fact -> fact.hold().detail())
                .toList();
    }

    private boolean isOurs(RunHeld fact) {
        return fact.target().name().equals(target);
    }
}
