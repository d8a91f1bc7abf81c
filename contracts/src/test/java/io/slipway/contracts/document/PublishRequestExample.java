package io.slipway.contracts.document;

// README: begin
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Asks Slipway to bring the target "default" to its latest version. */
class PublishRequestExample {
    public static void main(String[] args) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", args[0], "acks", "all");
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(request("deploy-4711")).get();
        }
    }

    /** The same id again is the same request: Slipway runs it once. */
    static ProducerRecord<String, String> request(String id) {
        String body = """
                {
                  "target": "default",
                  "scripts": {
                    "kind": "inline",
                    "files": [
                      {"name": "V1__create_note.sql", "content": "CREATE TABLE note (id bigint PRIMARY KEY);"},
                      {"name": "U1__create_note.sql", "content": "DROP TABLE note;"}
                    ]
                  },
                  "requestedBy": "deploy-bot",
                  "reason": "Release 2026.3",
                  "changeReference": "CHG-20931"
                }""";
        var request = new ProducerRecord<>("slipway.requests", "default", body);
        header(request, "ce_specversion", "1.0");
        header(request, "ce_id", id);
        header(request, "ce_source", "/deploy/shop");
        header(request, "ce_type", "io.slipway.MigrationRequested.v1");
        header(request, "ce_time", Instant.now().toString());
        header(request, "content-type", "application/json");
        return request;
    }

    private static void header(ProducerRecord<String, String> request, String name, String value) {
        request.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
// README: end
