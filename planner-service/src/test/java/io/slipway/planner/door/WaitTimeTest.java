package io.slipway.planner.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitTimeTest {
    @ParameterizedTest
    @CsvSource({"30s, PT30S", "1m, PT1M", "500ms, PT0.5S", "PT2S, PT2S", "0s, PT0S"})
    void readsDurationsAsPeopleWriteThem(String text, Duration expected) {
        assertThat(WaitTime.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "soon", "-5s", "s"})
    void refusesAnythingElseAndShowsIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WaitTime.parse(text))
                .withMessageContaining("'%s'".formatted(text));
    }
}
