package io.slipway.executor.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.cloudevents.UnreadableEvent;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.eventing.EventProbe;
import io.slipway.eventing.SharedServersResource;
import io.slipway.eventing.inbox.Polls;
import io.slipway.executor.PlanFixture;
import io.slipway.executor.order.Order;
import io.slipway.executor.order.OrderBook;
import io.slipway.executor.order.OrderStore;
import io.slipway.targets.pool.TargetPools;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a poll may bring together. Each target that the executor does not know is a server of its own. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class OrderListenerIT {
    private static final TargetId TARGET = new TargetId("default");
    private static final TargetId NORTH = new TargetId("north");
    private static final TargetId SOUTH = new TargetId("south");

    @Inject
    Polls polls;

    @Inject
    OrderListener listener;

    @Inject
    OrderStore orders;

    @Inject
    TargetPools pools;

    @Inject
    DataSource controlPlane;

    private final EventProbe probe = EventProbe.connect();
    private final EventCodec codec = new EventCodec();
    private final RunId run = RunId.random();
    private Plan plan;

    @BeforeEach
    void planForAnEmptyTarget() throws SQLException {
        try (var connection = pools.writer(TARGET).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop schema public cascade; create schema public");
        }
        plan = PlanFixture.ofOneTable(pools.writer(TARGET));
    }

    @AfterEach
    void disconnect() {
        probe.close();
    }

    @Test
    void beginsSeveralRunsOnSeveralServersWhoseFactsAllComeTogether() throws SQLException {
        // Given
        RunId north = RunId.random();
        RunId south = RunId.random();
        List<RunFact> first = untilBackup(run, TARGET);
        List<RunFact> second = untilBackup(north, NORTH);
        List<RunFact> third = untilBackup(south, SOUTH);
        // When
        var refused = take(IntStream.range(0, 4)
                .boxed()
                .flatMap(i -> Stream.of(third.get(i), first.get(i), second.get(i)))
                .map(this::record)
                .toList());
        // Then
        assertThat(refused).isEmpty();
        assertThat(ended(run)).isInstanceOf(MigrationApplied.class);
        assertThat(started(north).target()).isEqualTo(NORTH);
        assertThat(started(south).target()).isEqualTo(SOUTH);
        assertThat(failure(north)).isEqualTo("TARGET_UNKNOWN");
        assertThat(failure(south)).isEqualTo("TARGET_UNKNOWN");
        assertThat(count("select count(*) from execution_slot where run_id in ('%s', '%s')".formatted(north, south)))
                .isZero();
    }

    @Test
    void countsAFactOnceThatComesAgainInTheSameBatchAndInTheNext() throws SQLException {
        // Given
        var records = untilBackup(run, TARGET).stream().map(this::record).toList();
        take(Stream.of(records, records).flatMap(List::stream).toList());
        ended(run);
        // When
        take(records);
        // Then
        assertThat(orders.find(run)).isEmpty();
        assertThat(count("select count(*) from scheduled_tasks where task_instance = '%s'".formatted(run)))
                .isZero();
        assertThat(facts(run)).extracting(RunFact::getClass).containsOnlyOnce(MigrationStarted.class);
    }

    @Test
    void refusesWhatIsNoEventAndWhatTheDatabaseCannotHoldAndBeginsTheOthers() {
        // Given
        RunId north = RunId.random();
        List<RunFact> first = untilBackup(run, TARGET);
        List<RunFact> second = untilBackup(north, NORTH);
        RunFact unholdable = new StopOrdered(run, TARGET, plan.digest(), "ada", "no more\0", false);
        // When
        var refused = take(List.of(
                record(first.get(0)),
                record(first.get(1)),
                poison(),
                record(first.get(2)),
                record(second.get(0)),
                record(unholdable),
                record(first.get(3)),
                record(second.get(1)),
                record(second.get(2)),
                record(second.get(3))));
        // Then
        assertThat(refused).containsOnlyKeys(2, 5);
        assertThat(refused.get(2)).isInstanceOf(UnreadableEvent.class);
        assertThat(refused.get(5)).hasStackTraceContaining("invalid byte sequence");
        assertThat(refused.get(5).getCause()).hasMessageNotContaining("no more");
        assertThat(ended(run)).isInstanceOf(MigrationApplied.class);
        assertThat(started(north).target()).isEqualTo(NORTH);
    }

    @Test
    void doesNotBeginARunThatIsAskedToStopInTheSameBatch() throws SQLException {
        // Given
        RunFact stop = new StopOrdered(run, TARGET, plan.digest(), "ada", "no more");
        // When
        take(Stream.concat(untilBackup(run, TARGET).stream(), Stream.of(stop))
                .map(this::record)
                .toList());
        // Then
        assertThat(failure(run)).isEqualTo("STOPPED");
        assertThat(facts(run)).noneMatch(MigrationStarted.class::isInstance);
        assertThat(count("select count(*) from execution_slot where run_id = '%s'".formatted(run)))
                .isZero();
    }

    @Test
    void sendsPoisonToTheDeadLettersAloneWhenItComesFromKafka() throws SQLException {
        // Given
        List<RunFact> facts = untilBackup(run, TARGET);
        List<String> ids = new ArrayList<>();
        try (var connection = controlPlane.getConnection();
                var statement = connection.createStatement()) {
            // Holds the first back, so that the last come together.
            connection.setAutoCommit(false);
            statement.execute("lock table inbox in exclusive mode");
            for (int other = 0; other < 20; other++) {
                probe.publish(Topics.EVENTS, new BackupSkipped(RunId.random(), TARGET, plan.digest(), "policy"));
            }
            // When
            for (RunFact fact : facts) {
                ids.add(probe.publish(Topics.EVENTS, fact).id());
                probe.publish(Topics.EVENTS, TARGET.name(), Map.of("ce_id", run.toString()), new byte[0]);
            }
            await().until(() ->
                    count("select count(*) from pg_locks where not granted and relation = 'inbox'::regclass") > 0);
            connection.rollback();
        }
        // Then
        assertThat(ended(run)).isInstanceOf(MigrationApplied.class);
        await().untilAsserted(() -> assertThat(
                        probe.records(Topics.deadLetters("executor")).filter(this::isOurs))
                .hasSize(facts.size()));
        assertThat(count("select count(distinct received_at) from inbox where id in ('%s')"
                        .formatted(String.join("', '", ids))))
                .isLessThan(facts.size());
    }

    @Test
    void doesNotReplaceAPlanThatWasReleasedAfterItLookedForTheOrder() {
        // Given
        var facts = untilBackup(run, TARGET);
        var early = new OrderBook(List.of());
        early.tell(facts.getFirst());
        take(facts.stream().limit(3).map(this::record).toList());
        // When
        var late = catchThrowable(() -> orders.write(early));
        // Then
        assertThat(late).hasMessageContaining("has been released");
        assertThat(orders.find(run))
                .hasValueSatisfying(found -> assertThat(found.order()).isInstanceOf(Order.Released.class));
    }

    private boolean isOurs(ConsumerRecord<String, byte[]> dead) {
        var id = dead.headers().lastHeader("ce_id");
        return id != null && new String(id.value(), StandardCharsets.UTF_8).equals(run.toString());
    }

    private Map<Integer, RuntimeException> take(List<ConsumerRecord<String, byte[]>> records) {
        return polls.take(records, listener.work());
    }

    private List<RunFact> untilBackup(RunId of, TargetId target) {
        return List.of(
                new MigrationPlanned(of, target, plan, "request", false, false, "ada", "test", null),
                new ValidationPassed(of, target, plan.digest(), PlanFixture.nothingToSay()),
                new RunReleased(of, target, plan.digest(), plan.kind(), List.of()),
                new BackupSkipped(of, target, plan.digest(), "policy"));
    }

    private ConsumerRecord<String, byte[]> record(RunFact fact) {
        var encoded = codec.encode(probe.envelope(fact), fact);
        var record = new ConsumerRecord<>(Topics.EVENTS, 0, 0, encoded.key(), encoded.body());
        encoded.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static ConsumerRecord<String, byte[]> poison() {
        return new ConsumerRecord<>(Topics.EVENTS, 0, 0, TARGET.name(), new byte[0]);
    }

    private RunEnded ended(RunId of) {
        return probe.await(RunEnded.class, fact -> fact.runId().equals(of));
    }

    private String failure(RunId of) {
        return ((MigrationFailed) ended(of)).failure().code();
    }

    private MigrationStarted started(RunId of) {
        return probe.await(MigrationStarted.class, fact -> fact.runId().equals(of));
    }

    private List<RunFact> facts(RunId of) {
        return probe.on(Topics.EVENTS)
                .map(EventProbe.Received::event)
                .filter(RunFact.class::isInstance)
                .map(RunFact.class::cast)
                .filter(fact -> fact.runId().equals(of))
                .toList();
    }

    private int count(String query) throws SQLException {
        try (var connection = controlPlane.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }
}
