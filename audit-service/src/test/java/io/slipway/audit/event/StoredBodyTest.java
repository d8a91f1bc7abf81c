package io.slipway.audit.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredBodyTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1, \"\\u00e4 \\ud83d\\ude80\"]", "{\"sql\": \"E'\\\\u0000'\"}", "-1.5e3", "null"})
    void keepsAsJsonWhatTheDatabaseHoldsWhole(String body) {
        StoredBody stored = StoredBody.of(body.getBytes(StandardCharsets.UTF_8));

        assertThat(stored.json()).isEqualTo(body);
        assertThat(stored.raw()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{\"a\":",
                "{} {}",
                "{\"a\": \"\\u0000\"}",
                "{\"\\u0000\": 1}",
                "[\"\\ud800\"]",
                "1e999999",
                "1e2147483648999"
            })
    void keepsTheBytesOfWhatTheDatabaseWouldRefuse(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        StoredBody stored = StoredBody.of(bytes);

        assertThat(stored.json()).isNull();
        assertThat(stored.bytes()).isEqualTo(bytes);
    }

    @Test
    void keepsTheBytesOfWhatIsNoUtf8() {
        byte[] bytes = {'"', (byte) 0xff, '"'};

        assertThat(StoredBody.of(bytes).bytes()).isEqualTo(bytes);
    }

    @Test
    void hasNothingToKeepOfARecordWithoutBody() {
        assertThat(StoredBody.of(null).bytes()).isNull();
        assertThat(StoredBody.of(new byte[0]).bytes()).isNull();
    }
}
