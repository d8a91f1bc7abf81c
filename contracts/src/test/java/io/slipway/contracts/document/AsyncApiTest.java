package io.slipway.contracts.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
    private static final Path RESOURCES = Path.of("src/main/resources");

    private JsonNode document;

    @BeforeEach
    void read() throws IOException {
        document = new YAMLMapper().readTree(RESOURCES.resolve("asyncapi.yaml").toFile());
    }

    @Test
    void describesTheTopics() {
        // When
        JsonNode channels = document.get("channels");

        // Then
        assertThat(channels.at("/requests/address").textValue()).isEqualTo(Topics.REQUESTS);
        assertThat(channels.at("/events/address").textValue()).isEqualTo(Topics.EVENTS);
        assertThat(channels.at("/deadLetters/address").textValue()).isEqualTo(Topics.deadLetters("{service}"));
        assertThat(document.get("asyncapi").textValue()).isEqualTo("3.0.0");
    }

    @Test
    void namesExactlyTheEventTypesOfEachTopic() {
        // When
        Set<String> requests = names(document.at("/channels/requests/messages"));
        Set<String> facts = names(document.at("/channels/events/messages"));

        // Then
        assertThat(requests).isEqualTo(types(Request.class::isAssignableFrom));
        assertThat(facts).isEqualTo(types(type -> !Request.class.isAssignableFrom(type)));
    }

    @Test
    void describesEveryMessageWithItsHeadersAndItsSchema() {
        // Given
        JsonNode messages = document.at("/components/messages");

        // When
        Set<String> names = types(type -> true);

        // Then
        assertThat(names).allSatisfy(name -> {
            JsonNode message = messages.get(name);
            String type = "io.slipway." + name + ".v1";
            assertThat(message.get("name").textValue()).isEqualTo(type);
            assertThat(message.at("/headers/allOf/0/$ref").textValue())
                    .isEqualTo("#/components/schemas/CloudEventHeaders");
            assertThat(message.at("/headers/allOf/1/properties/ce_type/const").textValue())
                    .isEqualTo(type);
            assertThat(message.at("/payload/schema/$ref").textValue()).isEqualTo("schemas/v1/" + name + ".json");
        });
    }

    @Test
    void pointsOnlyToWhatExists() {
        // When
        List<String> references = document.findValues("$ref").stream()
                .map(JsonNode::textValue)
                .distinct()
                .toList();

        // Then
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode()).isFalse();
            } else {
                assertThat(Files.exists(RESOURCES.resolve(reference))).isTrue();
            }
        });
    }

    private static Set<String> names(JsonNode messages) {
        Set<String> names = new TreeSet<>();
        messages.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> types(Predicate<Class<? extends MigrationEvent>> chosen) {
        return EventTypes.all().filter(chosen).map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
    }
}
