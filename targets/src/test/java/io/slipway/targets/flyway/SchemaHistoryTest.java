package io.slipway.targets.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.MigrationVersion;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaHistoryTest {

    private static HistoryRow row(int rank, String version, String type, boolean success) {
        return new HistoryRow(
                rank,
                version == null ? null : new MigrationVersion(version),
                "d" + (version == null ? "" : version),
                type,
                "script",
                1,
                "me",
                Instant.EPOCH,
                success);
    }

    private static SchemaHistory history(HistoryRow... rows) {
        return new SchemaHistory(true, Arrays.asList(rows));
    }

    private static List<String> versions(SchemaHistory history) {
        return history.applied().stream().map(row -> row.version().value()).toList();
    }

    @Test
    void countsAVersionThatWasTakenBackAsNotApplied() {
        // Given
        SchemaHistory history = history(
                row(1, "1", "SQL", true),
                row(2, "2", "SQL", true),
                row(3, "3", "SQL", true),
                row(4, "3", "DELETE", true),
                row(5, "2", "DELETE", true));

        // Then
        assertThat(versions(history)).containsExactly("1");
        assertThat(history.currentVersion()).contains(new MigrationVersion("1"));
    }

    @Test
    void countsAVersionThatWasAppliedAgainAfterItWasTakenBack() {
        // Given
        SchemaHistory history = history(
                row(1, "1", "SQL", true),
                row(2, "2", "SQL", true),
                row(3, "2", "DELETE", true),
                row(4, "3", "SQL", true),
                row(5, "2", "SQL", true));

        // Then
        assertThat(versions(history)).containsExactly("1", "3", "2");
        assertThat(history.currentVersion()).contains(new MigrationVersion("3"));
    }

    @Test
    void leavesFailuresAndTheCreationOfSchemasOut() {
        // Given
        SchemaHistory history = history(
                row(0, null, "SCHEMA", true),
                row(1, "1", "BASELINE", true),
                row(2, "2", "SQL", false),
                row(3, null, "SQL", true),
                row(4, null, "SQL", true));

        // Then
        assertThat(versions(history)).containsExactly("1");
        assertThat(history.repeatables()).extracting(HistoryRow::installedRank).containsExactly(4);
        assertThat(history.failed()).extracting(HistoryRow::installedRank).containsExactly(2);
    }

    @Test
    void tellsHistoriesApartByTheirDigest() {
        // Given
        SchemaHistory one = history(row(1, "1", "SQL", true));

        // Then
        assertThat(one.digest())
                .isEqualTo(history(row(1, "1", "SQL", true)).digest())
                .startsWith("sha256:");
        assertThat(List.of(
                        one.digest(),
                        history().digest(),
                        history(row(1, "1", "SQL", false)).digest(),
                        history(row(2, "1", "SQL", true)).digest(),
                        history(row(1, "2", "SQL", true)).digest(),
                        history(row(1, null, "SQL", true)).digest()))
                .doesNotHaveDuplicates();
    }
}
