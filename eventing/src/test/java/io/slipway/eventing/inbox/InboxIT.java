package io.slipway.eventing.inbox;

import static io.slipway.eventing.sample.Facts.held;
import static io.slipway.eventing.sample.Facts.newTarget;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Topics;
import io.slipway.eventing.EventProbe;
import io.slipway.eventing.SharedServersResource;
import io.slipway.eventing.sample.SampleStore;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(SharedServersResource.class)
class InboxIT {
    /** What the topic of events takes in one record, less some headers. */
    private static final int LARGEST = 24 * 1024 * 1024 - 1024;

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
    void takesAnEventInOnceHoweverOftenItComes() {
        // Given
        var event = held(target, "first");
        var envelope = probe.envelope(event);

        // When
        probe.publish(Topics.EVENTS, envelope, event);
        probe.publish(Topics.EVENTS, envelope, event);
        probe.publish(Topics.EVENTS, held(target, "last"));

        // Then
        await().untilAsserted(() -> assertThat(store.detailsSeen(target)).containsExactly("first", "last"));
    }

    @Test
    void passesOverUnknownTypesAndThoseOfNoInterest() {
        // When
        probe.publish(Topics.EVENTS, target, Map.of("ce_type", "io.slipway.FromTheFuture.v9"), bytes("?"));
        probe.publish(Topics.EVENTS, target, Map.of("ce_type", "io.slipway.MigrationApplied.v1"), bytes("?"));
        probe.publish(Topics.EVENTS, held(target, "last"));

        // Then
        await().untilAsserted(() -> assertThat(store.detailsSeen(target)).containsExactly("last"));
        assertThat(probe.records(Topics.deadLetters("planner"))).noneMatch(dead -> target.equals(dead.key()));
    }

    @Test
    void putsPoisonAsideWithItsReasonAndGoesOn() {
        // When
        probe.publish(Topics.EVENTS, target, Map.of("ce_id", "1", "ce_source", "/x"), bytes("no type"));
        probe.publish(Topics.EVENTS, held(target, "last"));

        // Then
        assertThat(probe.awaitDeadLetter("planner", dead -> target.equals(dead.key())))
                .hasEntrySatisfying(
                        "dead-letter-reason", reason -> assertThat(reason).contains("'ce_type' is missing"))
                .containsEntry("dead-letter-topic", Topics.EVENTS)
                .containsEntry("ce_id", "1");
        await().untilAsserted(() -> assertThat(store.detailsSeen(target)).containsExactly("last"));
    }

    @Test
    void putsTheLargestPoisonAsideThatTheTopicTakes() {
        // Given
        byte[] body = new byte[LARGEST];
        new Random(1).nextBytes(body); // noise, which does not shrink when it is packed

        // When
        probe.publish(
                Topics.EVENTS,
                target,
                Map.of("ce_id", "1", "ce_source", "/x", "ce_type", "io.slipway.RunHeld.v1"),
                body);
        probe.publish(Topics.EVENTS, held(target, "last"));

        // Then
        assertThat(probe.awaitDeadLetter("planner", dead -> target.equals(dead.key())))
                .hasEntrySatisfying(
                        "dead-letter-reason", reason -> assertThat(reason).contains("The body is no valid RunHeld"));
        await().untilAsserted(() -> assertThat(store.detailsSeen(target)).containsExactly("last"));
    }

    @Test
    void putsAnEventAsideWhoseListenerFailsEachTimeAndLeavesNoTrace() {
        // When
        probe.publish(Topics.EVENTS, held(target, "bug"));
        probe.publish(Topics.EVENTS, held(target, "last"));

        // Then
        assertThat(probe.awaitDeadLetter("planner", dead -> target.equals(dead.key())))
                .containsEntry("dead-letter-reason", "A bug that no retry repairs");
        await().untilAsserted(() -> assertThat(store.detailsSeen(target)).containsExactly("last"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
