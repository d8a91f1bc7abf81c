package io.slipway.benchmarks.fleet;

import io.slipway.benchmarks.stack.Ends;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.Plan;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.TargetState;
import io.slipway.contracts.Topics;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.Fact;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.localstack.server.Database;
import io.slipway.localstack.supervise.ServiceProcess;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Has the executor migrate databases: says what planner, validator and backup would say, and waits for the ends. */
final class ExecutorSide implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** SHA-256 of nothing: the history of a database that nobody has migrated. */
    private static final String NO_HISTORY = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final EventCodec codec = new EventCodec();
    private final ServiceProcess executor;
    private final ProcessorTime clock;
    private final Ends ends;
    private final KafkaProducer<String, byte[]> producer;

    /** @param clock of the executor, Kafka, and the servers of the control plane and of the databases */
    ExecutorSide(ServiceProcess executor, ProcessorTime clock, String kafka) {
        this.executor = executor;
        this.clock = clock;
        this.ends = new Ends(kafka);
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all", "max.request.size", 24 * 1024 * 1024),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** From the first fact that is published until the last end has arrived. */
    Took migrate(List<Database> databases, Project project) {
        var records = databases.stream()
                .map(database -> facts(database, project))
                .flatMap(List::stream)
                .map(this::record)
                .toList();
        var before = ends.number(MigrationApplied.class);
        var took = Took.by(clock, () -> {
            records.forEach(producer::send);
            ends.await(ends.number() + databases.size(), PATIENCE);
        });
        var applied = ends.number(MigrationApplied.class) - before;
        if (applied != databases.size()) {
            throw new IllegalStateException("The executor applied %d of %d runs; its log is %s"
                    .formatted(applied, databases.size(), executor.log()));
        }
        return took;
    }

    private static List<Fact> facts(Database database, Project project) {
        var target = new TargetId(database.name());
        var plan = Plan.of(Plan.Kind.MIGRATION, FlywaySettings.DEFAULTS, project.planned(), state(database));
        var run = RunId.random();
        var verdict = new Verdict(
                List.of(), List.of(), Verdict.Risk.LOW, null, Verdict.Reversibility.GREEN, 1, 0, List.of(), null);
        return Stream.<Fact>of(
                        new MigrationPlanned(
                                run, target, plan, "benchmark", false, false, "benchmark", "Many at once", null),
                        new ValidationPassed(run, target, plan.digest(), verdict),
                        new RunReleased(run, target, plan.digest(), plan.kind(), List.of()),
                        new BackupSkipped(run, target, plan.digest(), "This is a benchmark"))
                .toList();
    }

    private static TargetState state(Database database) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT current_setting('server_version'), system_identifier::text FROM pg_control_system()")) {
            row.next();
            return new TargetState(row.getString(1), database.name(), row.getString(2), null, NO_HISTORY, 0);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot look at " + database, e);
        }
    }

    private ProducerRecord<String, byte[]> record(Fact fact) {
        var envelope = new Envelope(
                UUID.randomUUID().toString(), "/benchmark", EventCodec.subjectOf(fact), Instant.now(), null);
        var encoded = codec.encode(envelope, fact);
        var record = new ProducerRecord<>(Topics.EVENTS, encoded.key(), encoded.body());
        encoded.headers().forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    @Override
    public void close() {
        producer.close();
        ends.close();
    }
}
