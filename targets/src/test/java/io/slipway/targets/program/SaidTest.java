package io.slipway.targets.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SaidTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("PGPASSWORD", "s3cret/=", "PGUSER", "app");

    @Test
    void takesPasswordsAndAddressesOutOfAMessage() {
        // Given
        String stderr = """
                pg_dump: error: connection to server at "db.internal" (10.0.0.7), port 5433 failed: FATAL:  no, s3cret/= is wrong
                tried postgresql://app:hunter2@db/shop and password=other 'x' PASSWORD = 'a b'
                """;

        // When
        String excerpt = Said.excerpt(stderr, ENVIRONMENT);

        // Then
        assertThat(excerpt)
                .doesNotContain("s3cret", "db.internal", "10.0.0.7", "5433", "hunter2", "other", "a b")
                .contains("connection to the target failed: FATAL:  no, *** is wrong");
    }

    @Test
    void keepsTheFirstLinesOnly() {
        // Given
        String stderr = "one\n\ntwo\nthree\nfour\nfive\nsix\n" + "x".repeat(5_000);

        // When
        String excerpt = Said.excerpt(stderr, Map.of());

        // Then
        assertThat(excerpt).isEqualTo("one / two / three / four / five");
    }

    @Test
    void cutsALineThatIsTooLong() {
        assertThat(Said.excerpt("x".repeat(5_000), Map.of())).hasSize(1_003).endsWith("...");
    }

    @Test
    void leavesATextAloneWhenThePasswordIsTooShortToBeTold() {
        assertThat(Said.withoutSecrets("a table", Map.of("PGPASSWORD", "a"))).isEqualTo("a table");
    }
}
