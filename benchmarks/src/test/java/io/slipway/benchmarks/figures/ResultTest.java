package io.slipway.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTest {

    private static final Result RESULT = new Result(
            "latency",
            Machine.here(),
            List.of(
                    Figure.of("ratio", 0.5004, "ratio", new Goal(0.5)),
                    Figure.of("start", 2499.9, "ms", new Goal(2500)),
                    Figure.of("part", 12.34567, "ms")));

    @TempDir
    Path folder;

    @Test
    void writesFiguresWithTheirGoals() throws Exception {
        // When
        var file = RESULT.write(folder.resolve("bench"));

        // Then
        var written = new ObjectMapper().readTree(Files.readString(file));
        assertThat(file).hasFileName("latency.json");
        assertThat(written.path("name").asText()).isEqualTo("latency");
        assertThat(written.path("machine").path("cores").asInt()).isPositive();
        assertThat(written.path("figures").path(1).toString())
                .isEqualTo("{\"name\":\"start\",\"value\":2499.9,\"unit\":\"ms\",\"goal\":2500.0,\"met\":true}");
        assertThat(written.path("figures").path(2).toString())
                .isEqualTo("{\"name\":\"part\",\"value\":12.346,\"unit\":\"ms\",\"goal\":null,\"met\":null}");
    }

    @Test
    void holdsTheGoalAgainstTheValueBeforeItIsRounded() {
        var justMissed = Figure.of("ratio", 0.50001, "ratio", new Goal(0.5));

        assertThat(justMissed.value()).isEqualTo(0.5);
        assertThat(justMissed.met()).isFalse();
    }

    @Test
    void tableSaysWhatIsMissed() {
        assertThat(RESULT.table())
                .contains("0.50 ratio   goal: at most 0.50, MISSED")
                .contains("goal: at most 2500, met");
    }
}
