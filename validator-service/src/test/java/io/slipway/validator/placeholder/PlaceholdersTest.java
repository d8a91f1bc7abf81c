package io.slipway.validator.placeholder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.validator.placeholder.ResolvedSql.Unresolved;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import org.flywaydb.core.internal.parser.PlaceholderReplacingReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    private static final Map<String, String> VALUES =
            Map.of("schema", "shop", "Empty", "", "price", "$1 and ${schema}");

    private final Placeholders placeholders = new Placeholders(VALUES);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "",
                "SET search_path TO ${schema};",
                "${SCHEMA}${Empty}${schema}",
                "'${schema}' -- ${schema}\n/* ${schema} */",
                "SELECT $${schema}$$",
                "DO $$ BEGIN PERFORM '${schema}'; END $$",
                "$$${schema}",
                "$",
                "$$",
                "$ {schema}",
                "a $1 $2 {schema} }",
                "${price}",
                "$x${schema}",
                "DO $body$ SELECT 1 $body$;\n${schema}"
            })
    void readsATextAsFlywayDoes(String text) throws IOException {
        // When
        ResolvedSql resolved = placeholders.resolve(text);

        // Then
        assertThat(resolved.sql()).isEqualTo(asFlywayReadsIt(text));
        assertThat(resolved.unresolved()).isEmpty();
    }

    @Test
    void namesEveryPlaceholderWithoutAValue() {
        // Given
        String text = "SELECT 1;\nSELECT ${one},\n  '${two words}', ${schema};";

        // When
        ResolvedSql resolved = placeholders.resolve(text);

        // Then
        assertThat(resolved.unresolved())
                .containsExactly(new Unresolved("one", 2, 8), new Unresolved("two words", 3, 4));
        assertThat(resolved.sql()).isEqualTo("SELECT 1;\nSELECT unresolved_one,\n  'unresolved_two_words', shop;");
        assertThatThrownBy(() -> asFlywayReadsIt(text)).hasMessageContaining("one");
    }

    private static String asFlywayReadsIt(String text) throws IOException {
        StringWriter read = new StringWriter();
        new PlaceholderReplacingReader("${", "}", ":", VALUES, new StringReader(text)).transferTo(read);
        return read.toString();
    }
}
