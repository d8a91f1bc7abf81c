package io.slipway.executor.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.Figures;
import io.slipway.contracts.Figures.LeftOut;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.StatementFigures;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FigureBoundsTest {
    @Test
    void leavesOutTheDetailsOfLateScriptsOfALargeRunAndSaysHowMany() {
        // Given
        var scripts = IntStream.rangeClosed(1, 12)
                .mapToObj(version -> migration(version).with(figures(100, 5)))
                .toList();
        // When
        var bounded = FigureBounds.within(scripts).stream()
                .map(AppliedMigration::figures)
                .map(Objects::requireNonNull)
                .toList();
        // Then
        assertThat(bounded.get(9)).isEqualTo(figures(100, 5));
        assertThat(bounded.getLast().statements()).isEmpty();
        assertThat(bounded.getLast().leftOut()).isEqualTo(new LeftOut(0, 0, 0, 105));
    }

    @Test
    void leavesThoseAsTheyAreThatWereNotMeasured() {
        // Given
        var scripts = List.of(migration(1));
        // When
        var bounded = FigureBounds.within(scripts);
        // Then
        assertThat(bounded).isEqualTo(scripts);
    }

    private static Figures figures(int statements, int leftOut) {
        var statement = new StatementFigures(1, 1, "INSERT", Duration.ZERO, 1L, null, 1L, 1, Duration.ZERO);
        return new Figures(
                null,
                List.of(),
                1L,
                1,
                Duration.ZERO,
                List.of(),
                List.of(),
                Collections.nCopies(statements, statement),
                new LeftOut(0, 0, 0, leftOut));
    }

    private static AppliedMigration migration(int version) {
        String script = "V%d__x.sql".formatted(version);
        var number = new MigrationVersion(String.valueOf(version));
        return new AppliedMigration(number, "x", script, 1, true, 105, 0L, List.of(), Duration.ZERO);
    }
}
