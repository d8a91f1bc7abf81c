package io.slipway.contracts.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.DecodedEvent;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.event.MigrationRequested;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private final EventCodec codec = new EventCodec();

    @Test
    void showsTheJavaExampleThatIsCompiledAndRun() throws IOException {
        // Given
        String source =
                Files.readString(Path.of("src/test/java/io/slipway/contracts/document/PublishRequestExample.java"));

        // When
        String shown = block("java");

        // Then
        assertThat(shown.strip()).isEqualTo(source.split("// README: begin\n")[1].split("// README: end")[0].strip());
    }

    @Test
    void theJavaExampleMakesARequestThatSlipwayReads() {
        // When
        var request = PublishRequestExample.request("deploy-1");

        // Then
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(request.topic()).isEqualTo(Topics.REQUESTS);
        assertMigrationRequested(headers, request.key(), request.value());
    }

    @Test
    void theKcatExampleMakesARequestThatSlipwayReads() throws IOException {
        // Given
        String shown = block("sh");

        // When
        Map<String, String> headers = Pattern.compile("-H ([a-z_-]+)=(\\S+)")
                .matcher(shown)
                .results()
                .collect(HashMap::new, (map, header) -> map.put(header.group(1), header.group(2)), HashMap::putAll);

        // Then
        assertThat(group(shown, "-t (\\S+)")).isEqualTo(Topics.REQUESTS);
        assertMigrationRequested(headers, group(shown, "-k (\\S+)"), group(shown, "(?s)<<'JSON'\n(.*?)\nJSON"));
    }

    private void assertMigrationRequested(Map<String, String> headers, String key, String body) {
        assertThat(codec.decode(headers, body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(DecodedEvent.Known.class, known -> {
                    assertThat(known.event()).isInstanceOf(MigrationRequested.class);
                    assertThat(known.event().target().name()).isEqualTo(key);
                    assertThat(codec.encode(known.envelope(), known.event()).headers())
                            .containsAllEntriesOf(headers);
                });
    }

    private static String block(String language) throws IOException {
        return group(Files.readString(Path.of("README.md")), "(?s)```" + language + "\n(.*?)```");
    }

    private static String group(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .map((MatchResult found) -> found.group(1))
                .orElseThrow(() -> new AssertionError(pattern + " is not in: " + text));
    }
}
