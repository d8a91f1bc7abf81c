package io.slipway.localstack.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class ServersIT {

    private static final int TWENTY_MIB = 20 * 1024 * 1024;
    private static final String A_CONTAINER_HAS_NO_FOLDER = "A container keeps its data to itself";

    @Test
    void brokerKeepsItsRecordsAndItsAddressThroughAKill() throws Exception {
        try (var broker = Servers.kafka(KafkaConfig.temporary())) {
            // Given
            var address = broker.bootstrapServers();
            produce(address, "slipway.requests", "before".getBytes(UTF_8));

            // When
            broker.kill();
            broker.restart();
            produce(address, "slipway.requests", "after".getBytes(UTF_8));

            // Then
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(consume(address, "slipway.requests", 2))
                    .extracting(String::new)
                    .containsExactlyInAnyOrder("before", "after");
        }
    }

    @Test
    void brokerTakesRecordsThatAreTooLargeForSlipwayAndMakesNoTopicByItself() throws Exception {
        // Given
        var address = SharedServers.kafka().bootstrapServers();

        // When
        produce(address, "slipway.dead-letters.planner", new byte[TWENTY_MIB]);

        // Then
        assertThat(consume(address, "slipway.dead-letters.planner", 1))
                .first()
                .extracting(value -> value.length)
                .isEqualTo(TWENTY_MIB);
        assertThat(topics(address))
                .contains("slipway.requests", "slipway.events", "slipway.dead-letters.audit")
                .doesNotContain("slipway.unheard-of");
        assertThatThrownBy(() -> describe(address, "slipway.unheard-of"))
                .hasRootCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void topicsOfDeadLettersTakeLargerRecordsThanThoseTheyComeFrom() throws Exception {
        // Given
        var address = SharedServers.kafka().bootstrapServers();
        var tooLarge = new byte[Topics.MAX_MESSAGE_BYTES + 1];

        // When
        produce(address, "slipway.dead-letters.audit", tooLarge);

        // Then
        for (var topic : List.of("slipway.requests", "slipway.events")) {
            assertThatThrownBy(() -> produce(address, topic, tooLarge))
                    .hasRootCauseInstanceOf(RecordTooLargeException.class);
        }
    }

    @Test
    void eachCallerGetsADatabaseOfItsOwn() throws Exception {
        // When
        var first = SharedServers.freshDatabase("planner");
        var second = SharedServers.freshDatabase("planner");

        // Then
        assertThat(first.name()).isNotEqualTo(second.name());
        assertThat(query(first, "SELECT current_database()")).isEqualTo(first.name());
        assertThat(query(second, "SELECT 1")).isEqualTo("1");
        assertThat(first.url()).startsWith("postgresql://postgres:").endsWith("/" + first.name());
    }

    @Test
    void serverAsksForThePassword() {
        // Given
        var database = SharedServers.postgres().dataSource("postgres");

        // When
        database.setPassword("wrong");

        // Then
        assertThatThrownBy(database::getConnection).hasMessageContaining("password authentication failed");
    }

    @Test
    @DisabledIfSystemProperty(
            named = "slipway.containers",
            matches = "true",
            disabledReason = A_CONTAINER_HAS_NO_FOLDER)
    void databaseKeepsItsDataThroughAKillAndStalePidFiles(@TempDir Path folder) throws Exception {
        // Given
        var config = PostgresConfig.kept(0, folder);
        try (var server = Servers.postgres(config)) {
            var shop = server.createDatabase("shop");
            query(shop, "CREATE TABLE note AS SELECT 'kept' AS text; SELECT 1");

            // When
            server.kill();
            var pidFile = folder.resolve("cluster").resolve("postmaster.pid");
            var lines = new ArrayList<>(Files.readAllLines(pidFile));
            lines.set(0, Long.toString(ProcessHandle.current().pid()));
            Files.write(pidFile, lines);
            server.restart();

            // Then
            assertThat(query(shop, "SELECT text FROM note")).isEqualTo("kept");
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "slipway.containers",
            matches = "true",
            disabledReason = A_CONTAINER_HAS_NO_FOLDER)
    void secondServerTakesOverTheDataOfOneThatWasLeftRunning(@TempDir Path folder) throws Exception {
        // Given
        var left = Servers.postgres(PostgresConfig.kept(0, folder));
        left.createDatabase("shop");

        // When
        try (var next = Servers.postgres(PostgresConfig.kept(0, folder))) {

            // Then
            assertThat(next.hasDatabase("shop")).isTrue();
            assertThat(query(next.database("shop"), "SHOW fsync")).isEqualTo("on");
        }
    }

    private static String query(Database database, String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            var isResult = statement.execute(sql);
            while (!isResult) {
                isResult = statement.getMoreResults();
            }
            try (var rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static void produce(String address, String topic, byte[] value) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", address, "max.request.size", 2 * TWENTY_MIB);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get(30, TimeUnit.SECONDS);
        }
    }

    private static List<byte[]> consume(String address, String topic, int count) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                address,
                "group.id",
                UUID.randomUUID().toString(),
                "auto.offset.reset",
                "earliest");
        var values = new ArrayList<byte[]>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(received -> values.add(received.value()));
            }
        }
        return values;
    }

    private static Iterable<String> topics(String address) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", address))) {
            return admin.listTopics().names().get(30, TimeUnit.SECONDS);
        }
    }

    private static void describe(String address, String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.describeTopics(List.of(topic)).allTopicNames().get(30, TimeUnit.SECONDS);
        }
    }
}
