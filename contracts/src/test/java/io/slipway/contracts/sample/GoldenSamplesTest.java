package io.slipway.contracts.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.cloudevents.DecodedEvent;
import io.slipway.contracts.cloudevents.EncodedEvent;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.schema.SchemaFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenSamplesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final EventCodec codec = new EventCodec();

    @ParameterizedTest
    @MethodSource("samples")
    void isReadAndWrittenBackUnchanged(SampleFixture sample) throws IOException {
        // When
        DecodedEvent decoded = codec.decode(sample.headers(), sample.bytes());

        // Then
        assertThat(decoded).isInstanceOfSatisfying(DecodedEvent.Known.class, known -> {
            EncodedEvent encoded = codec.encode(known.envelope(), known.event());
            assertThat(encoded.headers()).isEqualTo(sample.headers());
            assertThat(encoded.key()).isEqualTo(known.event().target().name());
            assertThat(known.envelope().subject()).isEqualTo(EventCodec.subjectOf(known.event()));
            assertThat(known.event().getClass().getSimpleName()).isEqualTo(sample.typeName());
            assertThat(new String(encoded.body(), StandardCharsets.UTF_8))
                    .satisfies(body -> assertThat(JSON.readTree(body)).isEqualTo(sample.body()));
        });
    }

    @ParameterizedTest
    @MethodSource("samples")
    void fulfilsItsSchema(SampleFixture sample) throws IOException {
        // Given
        JsonSchema schema = schema(sample.typeName());

        // When
        var problems = schema.validate(sample.body());

        // Then
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void schemaAsksForEveryFieldThatTheRecordCannotDoWithout(SampleFixture sample) throws IOException {
        // Given
        JsonSchema schema = schema(sample.typeName());

        // When
        var problems = schema.validate(JSON.createObjectNode());

        // Then
        assertThat(problems).anyMatch(problem -> problem.getMessage().contains("target"));
    }

    @Test
    void everyEventTypeHasOne() {
        // When
        var covered = samples().map(SampleFixture::typeName).collect(Collectors.toSet());

        // Then
        assertThat(covered)
                .containsExactlyInAnyOrderElementsOf(
                        EventTypes.all().map(Class::getSimpleName).collect(Collectors.toSet()));
    }

    @Test
    void plansInThemAreIntact() {
        // When
        var plans = samples()
                .map(sample -> codec.decode(sample.headers(), sample.bytes()))
                .flatMap(decoded -> plan(decoded).stream())
                .toList();

        // Then
        assertThat(plans).isNotEmpty().allMatch(Plan::intact);
    }

    private static Optional<Plan> plan(DecodedEvent decoded) {
        return switch (decoded) {
            case DecodedEvent.Known(var _, MigrationPlanned planned) -> Optional.of(planned.plan());
            case DecodedEvent.Known(var _, RollbackPlanned planned) -> Optional.of(planned.plan());
            case DecodedEvent.Known _, DecodedEvent.Unknown _ -> Optional.empty();
        };
    }

    private static JsonSchema schema(String type) throws IOException {
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return SCHEMAS.getSchema(
                JSON.readTree(SchemaFixture.FOLDER.resolve(type + ".json").toFile()), config);
    }

    static Stream<SampleFixture> samples() {
        return SampleFixture.all();
    }
}
