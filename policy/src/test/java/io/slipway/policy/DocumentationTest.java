package io.slipway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void examplesCanBeUsedAndShowEveryKey() throws IOException {
        // Given
        String page = Files.readString(Path.of("../docs/policy.md"));

        // When
        List<Policies> examples = YAML.matcher(page)
                .results()
                .map((MatchResult match) -> PolicyFixture.good(match.group(1)))
                .toList();

        // Then
        assertThat(examples).hasSize(2);
        assertThat(examples.getLast().explain("crm", "production", Map.of()))
                .extracting(Explained::key)
                .containsAll(Key.ALL.stream().map(Key::name).toList());
    }
}
