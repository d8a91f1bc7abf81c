package io.slipway.eventing.task;

import static io.slipway.eventing.sample.Facts.held;
import static io.slipway.eventing.sample.Facts.newTarget;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.event.RunHeld;
import io.slipway.eventing.EventProbe;
import io.slipway.eventing.SharedServersResource;
import io.slipway.eventing.sample.SampleStore;
import io.slipway.eventing.sample.SampleTask;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SharedServersResource.class)
class TasksIT {
    @Inject
    Tasks tasks;

    @Inject
    SampleTask task;

    @Inject
    SampleStore store;

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
    void leavesNoTaskAfterARollback() {
        // When
        QuarkusTransaction.begin();
        tasks.schedule(task, "works:" + target);
        QuarkusTransaction.rollback();

        // Then
        assertThat(store.scheduled("works:" + target)).isEmpty();
    }

    @Test
    void runsATaskOnceThatWasScheduledTwice() {
        // When
        QuarkusTransaction.requiringNew().run(() -> {
            tasks.schedule(task, "works:" + target);
            tasks.schedule(task, "works:" + target);
        });

        // Then
        awaitHeld("done");
        await().untilAsserted(
                        () -> assertThat(store.scheduled("works:" + target)).isEmpty());
        assertThat(store.tracesOfAttempts("works:" + target)).hasSize(1);
    }

    @Test
    void triesAgainAfterAFailure() {
        // When
        QuarkusTransaction.requiringNew().run(() -> tasks.schedule(task, "works-third-time:" + target));

        // Then
        awaitHeld("done");
        assertThat(store.tracesOfAttempts("works-third-time:" + target)).hasSize(3);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        // When
        QuarkusTransaction.requiringNew().run(() -> tasks.schedule(task, "never-works:" + target));

        // Then
        awaitHeld("given up: The thing that this task needs is away");
        assertThat(store.tracesOfAttempts("never-works:" + target)).hasSize(3);
        assertThat(store.scheduled("never-works:" + target)).isEmpty();
    }

    @Test
    void runsALaterTaskLater() {
        // Given
        Instant start = Instant.now();

        // When
        QuarkusTransaction.requiringNew()
                .run(() -> tasks.schedule(task, "works:" + target, start.plus(Duration.ofMillis(1500))));

        // Then
        awaitHeld("done");
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(1500));
    }

    @Test
    void revivesATaskWhoseProcessDied() {
        // When
        QuarkusTransaction.requiringNew().run(() -> store.execute("""
                insert into scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, picked_by,
                    last_heartbeat, version)
                values ('sample', ?, null, now(), true, 'killed', now(), 2)
                """, "works:" + target));

        // Then
        awaitHeld("done");
    }

    @Test
    void keepsOneTraceFromTheEventThroughTheTaskToTheFact() {
        // Given
        String trace = "0af7651916cd43dd8448eb211c80319c";
        var event = held(target, "task works:" + target);
        var plain = probe.envelope(event);
        var traced = new Envelope(
                plain.id(), plain.source(), plain.subject(), plain.time(), "00-" + trace + "-b7ad6b7169203331-01");

        // When
        probe.publish(Topics.EVENTS, traced, event);

        // Then
        var fact = probe.await(Topics.EVENTS, received -> isHeld(received, "done"));
        assertThat(store.tracesOfAttempts("works:" + target)).containsExactly(trace);
        assertThat(fact.envelope().traceparent()).contains(trace);
    }

    private void awaitHeld(String detail) {
        probe.await(Topics.EVENTS, received -> isHeld(received, detail));
    }

    private boolean isHeld(EventProbe.Received received, String detail) {
        return received.event() instanceof RunHeld fact
                && fact.target().name().equals(target)
                && fact.hold().detail().equals(detail);
    }
}
