package io.slipway.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void medianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        var sample = Sample.of(millis(40, 10, 30, 20));

        assertThat(sample.median()).isEqualTo(25);
    }

    @Test
    void medianOfAnOddNumberIsTheOneInTheMiddle() {
        assertThat(Sample.of(millis(30, 10, 20)).median()).isEqualTo(20);
    }

    @Test
    void percentileIsATimeThatWasMeasured() {
        // Given fifty times, of which 48 are 96 %
        var sample = Sample.of(millis(IntStream.rangeClosed(1, 50).toArray()));

        // When, Then
        assertThat(sample.percentile(95)).isEqualTo(48);
        assertThat(sample.percentile(100)).isEqualTo(50);
        assertThat(sample.percentile(1)).isEqualTo(1);
    }

    @Test
    void refusesToSayAnythingAboutNothing() {
        assertThatThrownBy(() -> Sample.of(List.of())).hasMessageContaining("at least one");
    }

    private static List<Duration> millis(int... times) {
        return IntStream.of(times).mapToObj(Duration::ofMillis).toList();
    }
}
