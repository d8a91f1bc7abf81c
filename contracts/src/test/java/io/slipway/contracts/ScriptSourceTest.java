package io.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScriptSourceTest {
    /** Jackson does not see what a sealed interface permits. */
    @Test
    void jacksonKnowsEveryKind() {
        // When
        var listed = Arrays.stream(
                        ScriptSource.class.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::value);

        // Then
        assertThat(listed).containsExactlyInAnyOrder(ScriptSource.class.getPermittedSubclasses());
    }
}
