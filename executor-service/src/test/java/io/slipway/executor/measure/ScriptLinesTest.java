package io.slipway.executor.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScriptLinesTest {
    @Test
    void findsEachStatementBehindTheOneBeforeIt() {
        // Given
        var lines = new ScriptLines("-- first\nselect 1;\n\nselect\n  2; select 1;\nselect 1");
        // When
        var found = Stream.of("-- first\nselect 1;", "select\n  2", "select 1", "select 1")
                .map(lines::next);
        // Then
        assertThat(found).containsExactly(2, 4, 5, 6);
    }

    @Test
    void doesNotKnowALineThatPlaceholdersHaveChanged() {
        // Given
        var lines = new ScriptLines("select '${name}';\nselect 2");
        // When
        var found = Stream.of("select 'shop'", "select 2").map(lines::next);
        // Then
        assertThat(found).containsExactly(0, 2);
    }
}
