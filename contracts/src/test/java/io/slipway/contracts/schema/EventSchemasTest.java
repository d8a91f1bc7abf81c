package io.slipway.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.MigrationEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dslipway.schemas.write=true} writes the schemas instead of comparing them. */
class EventSchemasTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final SchemaFixture schemas = new SchemaFixture();

    @ParameterizedTest
    @MethodSource("types")
    void committedSchemaSaysWhatTheRecordSays(Class<? extends MigrationEvent> type) throws IOException {
        // Given
        Path committed = SchemaFixture.FOLDER.resolve(type.getSimpleName() + ".json");

        // When
        ObjectNode generated = schemas.schemaOf(type);

        // Then
        if (Boolean.getBoolean("slipway.schemas.write")) {
            Files.createDirectories(SchemaFixture.FOLDER);
            Files.writeString(committed, SchemaFixture.pretty(generated));
        }
        assertThat(committed)
                .as("run this test with -Dslipway.schemas.write=true after an additive change")
                .exists();
        assertThat(JSON.readTree(committed.toFile())).isEqualTo(generated);
    }

    @Test
    void thereIsNoSchemaWithoutAnEvent() throws IOException {
        // When
        try (Stream<Path> files = Files.list(SchemaFixture.FOLDER)) {
            // Then
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            types().map(type -> type.getSimpleName() + ".json").toList());
        }
    }

    static Stream<Class<? extends MigrationEvent>> types() {
        return EventTypes.all();
    }
}
