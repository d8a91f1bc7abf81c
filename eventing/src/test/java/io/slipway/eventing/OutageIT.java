package io.slipway.eventing;

import static io.slipway.eventing.sample.Facts.held;
import static io.slipway.eventing.sample.Facts.newTarget;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Topics;
import io.slipway.contracts.event.RunHeld;
import io.slipway.eventing.outbox.Outbox;
import io.slipway.eventing.sample.SampleStore;
import io.slipway.localstack.server.KafkaBroker;
import io.slipway.localstack.server.PostgresServer;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(OutageServersResource.class)
class OutageIT {
    private static final Duration RECOVERY = Duration.ofSeconds(40);

    KafkaBroker kafka;
    PostgresServer postgres;

    @Inject
    SampleStore store;

    @Inject
    Outbox outbox;

    @TestHTTPResource("/q/health")
    URI health;

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
    void losesNoEventAndNoOrderWhenTheDatabaseIsKilled() throws Exception {
        // Given
        publish(0, 20);
        probe.publish(Topics.EVENTS, held(target, "task works:" + target));

        // When
        postgres.kill();
        publish(20, 40);
        await().atMost(RECOVERY).until(() -> status("/ready") == 503);
        assertThat(status("/live")).isEqualTo(200);
        postgres.restart();
        publish(40, 50);

        // Then
        await().atMost(RECOVERY).untilAsserted(() -> assertThat(
                        store.detailsSeen(target).stream().filter(detail -> detail.matches("\\d+")))
                .containsExactlyElementsOf(numbers(0, 50)));
        probe.await(
                RunHeld.class,
                fact -> fact.target().name().equals(target)
                        && fact.hold().detail().equals("done"));
        assertThat(probe.records(Topics.deadLetters("planner"))).noneMatch(dead -> target.equals(dead.key()));
        await().atMost(RECOVERY).until(() -> status("/ready") == 200);
    }

    @Test
    void losesNoFactAndNoOrderWhenTheBrokerIsKilled() {
        // Given
        say(0, 20);

        // When
        kafka.kill();
        say(20, 40);
        kafka.restart();
        say(40, 50);

        // Then
        await().atMost(RECOVERY).untilAsserted(() -> assertThat(published()).containsExactlyElementsOf(numbers(0, 50)));
    }

    private void publish(int from, int to) {
        numbers(from, to).forEach(detail -> probe.publish(Topics.EVENTS, held(target, detail)));
    }

    private void say(int from, int to) {
        numbers(from, to)
                .forEach(detail -> QuarkusTransaction.requiringNew().run(() -> outbox.publish(held(target, detail))));
    }

    /** As readers see them: a repeat of an event id does not count. */
    private List<String> published() {
        return probe.on(Topics.EVENTS)
                .filter(received -> received.event().target().name().equals(target))
                .distinct()
                .map(received -> ((RunHeld) received.event()).hold().detail())
                .toList();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    private int status(String check) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(health + check)).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
