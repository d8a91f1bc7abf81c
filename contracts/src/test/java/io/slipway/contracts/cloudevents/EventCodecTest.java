package io.slipway.contracts.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.contracts.sample.SampleFixture;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static final String MINIMAL = """
            {"target": "default", "scripts": {"kind": "directory", "path": "db"},
             "requestedBy": "anna", "reason": "First try"}""";

    private final EventCodec codec = new EventCodec();

    @ParameterizedTest
    @ValueSource(strings = {"ce_type", "ce_id", "ce_source"})
    void saysWhichHeaderIsMissing(String header) {
        // Given
        Map<String, String> headers = headers("MigrationRequested");
        headers.remove(header);

        // When
        assertThatThrownBy(() -> codec.decode(headers, bytes(MINIMAL)))
                // Then
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("'" + header + "'")
                .hasMessageContaining("CloudEvents");
    }

    @Test
    void refusesATimeThatIsNone() {
        // Given
        Map<String, String> headers = headers("MigrationRequested");
        headers.put("ce_time", "yesterday");

        // When
        assertThatThrownBy(() -> codec.decode(headers, bytes(MINIMAL)))
                // Then
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("ce_time")
                .hasMessageContaining("yesterday");
    }

    @Test
    void passesOverATypeOfANewerVersion() {
        // When
        DecodedEvent decoded = codec.decode(headers("MigrationPaused"), bytes("not even JSON"));

        // Then
        assertThat(decoded).isEqualTo(new DecodedEvent.Unknown("io.slipway.MigrationPaused.v1"));
    }

    @Test
    void passesOverFieldsOfANewerVersionAtAnyDepth() {
        // Given
        SampleFixture sample = SampleFixture.named("ValidationPassed");
        ObjectNode body = sample.body().deepCopy();
        body.put("mood", "good");
        ((ObjectNode) body.get("verdict")).put("colour", "green");

        // When
        DecodedEvent decoded = codec.decode(sample.headers(), bytes(body.toString()));

        // Then
        assertThat(decoded).isEqualTo(codec.decode(sample.headers(), sample.bytes()));
        assertThat(((DecodedEvent.Known) decoded).event()).isInstanceOf(ValidationPassed.class);
    }

    @Test
    void fillsInWhatARequestMayLeaveOut() {
        // When
        DecodedEvent decoded = codec.decode(headers("MigrationRequested"), bytes(MINIMAL));

        // Then
        assertThat(((DecodedEvent.Known) decoded).event()).isInstanceOfSatisfying(MigrationRequested.class, request -> {
            assertThat(request.settings()).isEqualTo(FlywaySettings.DEFAULTS);
            assertThat(request.scripts()).isEqualTo(new ScriptSource.Directory("db"));
            assertThat(request.toVersion()).isNull();
            assertThat(request.dryRun()).isFalse();
            assertThat(request.force()).isFalse();
        });
    }

    @Test
    void takesAbsentAndNullListsForEmpty() {
        // Given
        String body = """
                {"target": "default", "scripts": {"kind": "inline"}, "settings": {"schemas": null},
                 "requestedBy": "anna", "reason": "First try"}""";

        // When
        DecodedEvent decoded = codec.decode(headers("MigrationRequested"), bytes(body));

        // Then
        assertThat(((DecodedEvent.Known) decoded).event()).isInstanceOfSatisfying(MigrationRequested.class, request -> {
            assertThat(request.scripts()).isEqualTo(new ScriptSource.Inline(List.of()));
            assertThat(request.settings()).isEqualTo(FlywaySettings.DEFAULTS);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            target                                        | target      | is missing
            "target": "Shop DB"                           | target      | Shop DB
            "scripts"                                     | scripts     | is missing
            "scripts": {"kind": "zip"}                    | scripts     | inline
            "scripts": {"path": "db"}                     | scripts     | kind
            "scripts": {"kind": "directory"}              | scripts.path| is missing
            "scripts": {"kind": "inline", "files": [{"name": "../V1__a.sql", "content": ""}]} | scripts.files[0] | ../V1__a.sql
            "scripts": {"kind": "inline", "files": "V1"}  | scripts.files | list
            "toVersion": "seven"                          | toVersion   | seven
            "toVersion": 7                                | toVersion   | text
            "dryRun": "yes"                               | dryRun      | true or false
            "settings": {"placeholders": {"a": null}}     | placeholders| a
            "settings": {"schemas": [null]}               | schemas[0]  | is missing
            "requestedBy": ""                             | requestedBy | 200
            reason                                        | reason      | is missing
            """)
    void namesTheFieldThatBreaksAnInvariant(String change, String field, String detail) throws Exception {
        // Given
        ObjectNode body = (ObjectNode) EventJson.mapper().readTree(MINIMAL);
        if (change.contains(":")) {
            body.setAll((ObjectNode) EventJson.mapper().readTree("{" + change + "}"));
        } else {
            body.remove(change.replace("\"", ""));
        }

        // When
        assertThatThrownBy(() -> codec.decode(headers("MigrationRequested"), bytes(body.toString())))
                // Then
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("MigrationRequested")
                .hasMessageContaining(field)
                .hasMessageContaining(detail)
                .message()
                .doesNotContain("java.", "io.slipway");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<xml/>", "null", "[]", "7", "{\"target\":", "{\"target\": \"default\"} {"})
    void refusesWhatIsNoJsonObject(String body) {
        // When
        assertThatThrownBy(() -> codec.decode(headers("MigrationRequested"), bytes(body)))
                // Then
                .isInstanceOf(UnreadableEvent.class)
                .message()
                .contains("MigrationRequested")
                .doesNotContain("java.", "io.slipway.contracts");
    }

    @Test
    void leavesOutATraceThatTheSenderDidNotHave() {
        // Given
        SampleFixture sample = SampleFixture.named("MigrationRequested.directory");

        // When
        DecodedEvent decoded = codec.decode(sample.headers(), sample.bytes());

        // Then
        assertThat(((DecodedEvent.Known) decoded).envelope().traceparent()).isNull();
    }

    private static Map<String, String> headers(String type) {
        return new HashMap<>(Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                "deploy-1",
                "ce_source",
                "/test",
                "ce_type",
                "io.slipway." + type + ".v1"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
