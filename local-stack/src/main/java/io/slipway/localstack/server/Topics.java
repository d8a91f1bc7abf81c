package io.slipway.localstack.server;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Slipway's topics: requests, events, and dead letters for each service. */
final class Topics {

    /** Above the 16 MiB that Slipway accepts, so that what is too large still arrives and can be dead-lettered. */
    static final int MAX_MESSAGE_BYTES = 24 * 1024 * 1024;

    /** One target's events share a partition; six let six targets be worked on side by side. */
    private static final int PARTITIONS = 6;

    private static final List<String> SERVICES = List.of("planner", "validator", "backup", "executor", "audit");
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Topics() {}

    static boolean isReachable(String bootstrapServers) {
        try (var admin = admin(bootstrapServers)) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Creates the topics that are missing. */
    static void create(String bootstrapServers) {
        try (var admin = admin(bootstrapServers)) {
            var results = admin.createTopics(all()).values();
            for (var topic : results.entrySet()) {
                try {
                    topic.getValue().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new IllegalStateException("Cannot create the topic " + topic.getKey(), e);
                    }
                }
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka created no topics within " + TIMEOUT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static List<NewTopic> all() {
        return Stream.concat(
                        Stream.of(topic("slipway.requests", PARTITIONS), topic("slipway.events", PARTITIONS)),
                        SERVICES.stream().map(service -> topic("slipway.dead-letters." + service, 1)))
                .toList();
    }

    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, partitions, (short) 1)
                .configs(Map.of("max.message.bytes", Integer.toString(MAX_MESSAGE_BYTES)));
    }

    private static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "30000"));
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while waiting for Kafka", e);
    }
}
