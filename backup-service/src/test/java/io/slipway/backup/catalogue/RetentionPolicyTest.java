package io.slipway.backup.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetentionPolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void letsGoWhatIsBeyondTheCount() {
        // Given
        List<CataloguedBackup> backups = daysAgo(0, 1, 2, 3);

        // When
        List<CataloguedBackup> outlived = new RetentionPolicy(3, Duration.ofDays(30)).outlived(backups, NOW);

        // Then
        assertThat(outlived).containsExactly(backups.get(3));
    }

    @Test
    void letsGoWhatIsBeyondTheAge() {
        // Given
        List<CataloguedBackup> backups = daysAgo(0, 30, 31);

        // When
        List<CataloguedBackup> outlived = new RetentionPolicy(10, Duration.ofDays(30)).outlived(backups, NOW);

        // Then
        assertThat(outlived).containsExactly(backups.get(2));
    }

    @Test
    void keepsTheNewestHoweverOld() {
        // Given
        var policy = new RetentionPolicy(1, Duration.ZERO);
        List<CataloguedBackup> backups = daysAgo(400, 500);

        // When
        List<CataloguedBackup> outlived = policy.outlived(backups, NOW);

        // Then
        assertThat(outlived).containsExactly(backups.get(1));
    }

    @Test
    void letsNothingGoWhereThereIsNothing() {
        assertThat(new RetentionPolicy(1, Duration.ZERO).outlived(List.of(), NOW))
                .isEmpty();
    }

    @Test
    void refusesToKeepNothing() {
        assertThatThrownBy(() -> new RetentionPolicy(0, Duration.ofDays(1)))
                .hasMessageContaining("slipway.backup.keep.count");
    }

    private static List<CataloguedBackup> daysAgo(int... days) {
        return IntStream.of(days)
                .mapToObj(ago -> NOW.minus(Duration.ofDays(ago)))
                .map(at -> new CataloguedBackup(
                        "b" + at,
                        RunId.random(),
                        new TargetId("shop"),
                        "file:///d/x.dump",
                        1,
                        "",
                        1,
                        "t",
                        at,
                        at,
                        at,
                        null))
                .toList();
    }
}
