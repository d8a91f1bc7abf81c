package io.slipway.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Revision;
import io.slipway.planner.plan.RollbackRules.Choice;
import io.slipway.targets.flyway.HistoryRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollbackRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // applied, in this order | revision | undone, in this order | where it ends
                "1 2 3       | -1  | 3    | 2",
                "1 2 3       | -2  | 3 2  | 1",
                "1 2 3       | -3  | 3 2 1| nothing",
                "1 2 3       | -4  | NOT_SO_MANY_APPLIED |",
                "1 2 3       | 1   | 3 2  | 1",
                "1.0 2 3     | 1   | 3 2  | 1.0",
                "1 2 3       | 3   |      | 3",
                "1 2 3       | 2.5 | VERSION_NOT_APPLIED |",
                "1 3 2       | -1  | 2    | 3",
                "1 3 2       | 1   | 2 3  | 1",
                "B5 6 7      | -2  | 7 6  | 5",
                "B5 6 7      | -3  | NOT_SO_MANY_APPLIED |",
                "B5 6 7      | 5   | 7 6  | 5",
                "2 B5 6      | 2   | BELOW_BASELINE |",
                "1 2 F3      | -1  | 3    | 2",
                "1 2 F3      | 1   | 3 2  | 1",
                "1 2 F3      | 3   | VERSION_NOT_APPLIED |",
                "1 3 F2      | 3   | 2    | 3",
            })
    void choosesWhatToUndo(String applied, String revision, String undone, String end) {
        // When
        Choice choice = RollbackRules.choose(new Revision(revision.strip()), history(applied));

        // Then
        String found =
                switch (choice) {
                    case Choice.Impossible impossible -> impossible.failure().code();
                    case Choice.Undo undo ->
                        undo.undo().stream().map(row -> row.version().value()).collect(Collectors.joining(" "));
                };
        assertThat(found).isEqualTo(undone == null ? "" : undone.strip());
        if (choice instanceof Choice.Undo undo) {
            assertThat(undo.toVersion() == null ? "nothing" : undo.toVersion().value())
                    .isEqualTo(end.strip());
        }
    }

    private static List<HistoryRow> history(String applied) {
        List<HistoryRow> rows = new ArrayList<>();
        for (String version : applied.strip().split(" ")) {
            boolean baseline = version.startsWith("B");
            boolean failed = version.startsWith("F");
            rows.add(new HistoryRow(
                    rows.size() + 1,
                    new MigrationVersion(baseline || failed ? version.substring(1) : version),
                    "d",
                    baseline ? "BASELINE" : "SQL",
                    "s",
                    1,
                    "u",
                    Instant.EPOCH,
                    !failed));
        }
        return rows;
    }
}
