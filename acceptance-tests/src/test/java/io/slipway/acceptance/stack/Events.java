package io.slipway.acceptance.stack;

import io.slipway.contracts.RunId;
import io.slipway.contracts.Topics;
import io.slipway.contracts.event.RunEnded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Everything that was ever published, read along in the background by a consumer of its own. */
public final class Events implements AutoCloseable {

    private static final List<String> TOPICS = List.of(
            Topics.REQUESTS,
            Topics.EVENTS,
            Topics.deadLetters("planner"),
            Topics.deadLetters("validator"),
            Topics.deadLetters("backup"),
            Topics.deadLetters("executor"),
            Topics.deadLetters("audit"));

    /** Far above what a run takes, for machines that do much else at the same time. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Recorded> records = new ArrayList<>();
    private final Thread reader = new Thread(this::read, "events");

    private Events(KafkaConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    static Events follow(String bootstrapServers) {
        var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "reconnect.backoff.max.ms", "500"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = TOPICS.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var events = new Events(consumer);
        events.reader.setDaemon(true);
        events.reader.start();
        return events;
    }

    private void read() {
        try (consumer) {
            while (true) {
                var polled = consumer.poll(Duration.ofSeconds(1));
                synchronized (records) {
                    polled.forEach(record -> records.add(Recorded.of(record)));
                }
            }
        } catch (WakeupException e) {
            // close() asks for the end in this way
        }
    }

    /** What is there so far and fits; a partition's records are in order. */
    public List<Recorded> all(Predicate<Recorded> fits) {
        synchronized (records) {
            return records.stream().filter(fits).toList();
        }
    }

    /** The facts of a run as they are on the wire, repeats included. */
    public List<Recorded> published(RunId run) {
        return all(record -> record.topic().equals(Topics.EVENTS)
                && record.header("ce_subject").equals(run.toString()));
    }

    /** The facts of a run as a consumer takes them, which drops repeats by source and id. */
    public List<Recorded> facts(RunId run) {
        return List.copyOf(published(run).stream()
                .collect(Collectors.toMap(
                        Recorded::identity, record -> record, (first, repeat) -> first, LinkedHashMap::new))
                .values());
    }

    /** The names of a run's facts, without how far it was in between. */
    public List<String> names(RunId run) {
        return facts(run).stream()
                .map(Recorded::name)
                .filter(name -> !name.equals("MigrationProgressed"))
                .toList();
    }

    /** Waits for a record that fits. */
    public Recorded await(String what, Predicate<Recorded> fits) {
        return await(what, PATIENCE, fits);
    }

    public Recorded await(String what, Duration atMost, Predicate<Recorded> fits) {
        return Awaitility.await(what)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> all(fits).stream().findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits for the run's end. */
    public RunEnded awaitEnd(RunId run) {
        return awaitEnd(run, PATIENCE);
    }

    public RunEnded awaitEnd(RunId run, Duration atMost) {
        var end = await(
                "the end of run " + run,
                atMost,
                record -> record.event() instanceof RunEnded ended
                        && ended.runId().equals(run));
        return (RunEnded) end.known();
    }

    public Stream<RunEnded> ends(RunId run) {
        return facts(run).stream()
                .map(Recorded::known)
                .filter(RunEnded.class::isInstance)
                .map(RunEnded.class::cast);
    }

    /** Waits until a fact of that name is out. */
    public Recorded awaitFact(RunId run, String name) {
        return await(
                name + " of run " + run,
                record -> record.topic().equals(Topics.EVENTS)
                        && record.header("ce_subject").equals(run.toString())
                        && record.name().equals(name));
    }

    /** Waits for a record in the service's dead letters. */
    public Recorded awaitDeadLetter(String service, Predicate<Recorded> fits) {
        return await(
                "a dead letter of the " + service,
                record -> record.topic().equals(Topics.deadLetters(service)) && fits.test(record));
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            reader.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
