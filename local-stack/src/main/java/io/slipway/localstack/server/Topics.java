package io.slipway.localstack.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;

/** Slipway's topics: requests, events, and dead letters for each service. */
final class Topics {

    /** Above the 16 MiB that Slipway accepts, so that what is too large still arrives and can be dead-lettered. */
    static final int MAX_MESSAGE_BYTES = 24 * 1024 * 1024;

    /**
     * A dead letter is the whole record and headers that say why and where it comes from, packed anew: the largest record
     * must fit with all that, or it would stop the service that puts it aside.
     */
    static final int MAX_DEAD_LETTER_BYTES = MAX_MESSAGE_BYTES + 2 * 1024 * 1024;

    /** One target's events share a partition; six let six targets be worked on side by side. */
    private static final int PARTITIONS = 6;

    private static final List<String> SERVICES = List.of("planner", "validator", "backup", "executor", "audit");

    /** Two seconds on an idle machine; a machine that builds and tests beside it may need most of this. */
    private static final Duration START = Duration.ofSeconds(120);

    private static final Duration REQUEST = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(100);

    private Topics() {}

    /**
     * Returns when all topics exist and all their partitions have a leader.
     *
     * @param check runs before each look, and breaks the wait off by an exception
     */
    static void ensure(String bootstrapServers, Runnable check) {
        var deadline = System.nanoTime() + START.toNanos();
        try (var admin = admin(bootstrapServers)) {
            while (!brokerIsIn(admin) || !createMissing(admin) || !allHaveLeaders(admin)) {
                check.run();
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "Kafka at " + bootstrapServers + " was not ready after " + START.toSeconds() + " s");
                }
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for Kafka", e);
        }
    }

    /** A broker that answers is not yet one that its controller lets in. */
    private static boolean brokerIsIn(Admin admin) throws InterruptedException {
        return !answer(admin.describeCluster().nodes(), List.of()).isEmpty();
    }

    private static boolean createMissing(Admin admin) throws InterruptedException {
        var there = answer(admin.listTopics().names(), Set.of());
        var missing =
                all().stream().filter(topic -> !there.contains(topic.name())).toList();
        return missing.isEmpty() || answer(admin.createTopics(missing).all().thenApply(done -> true), false);
    }

    private static boolean allHaveLeaders(Admin admin) throws InterruptedException {
        var names = all().stream().map(NewTopic::name).toList();
        return answer(admin.describeTopics(names).allTopicNames(), Map.of()).values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .filter(partition -> partition.leader() != null
                                && !partition.leader().isEmpty())
                        .count()
                == all().stream().mapToInt(NewTopic::numPartitions).sum();
    }

    /** The caller looks again whatever the reason was; a broker that starts has many. */
    private static <T> T answer(KafkaFuture<T> future, T otherwise) throws InterruptedException {
        try {
            return future.get(REQUEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return otherwise;
        }
    }

    private static List<NewTopic> all() {
        return Stream.concat(
                        Stream.of("slipway.requests", "slipway.events")
                                .map(name -> topic(name, PARTITIONS, MAX_MESSAGE_BYTES)),
                        SERVICES.stream()
                                .map(service -> topic("slipway.dead-letters." + service, 1, MAX_DEAD_LETTER_BYTES)))
                .toList();
    }

    private static NewTopic topic(String name, int partitions, int maxMessageBytes) {
        return new NewTopic(name, partitions, (short) 1)
                .configs(Map.of("max.message.bytes", Integer.toString(maxMessageBytes)));
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000"));
    }
}
