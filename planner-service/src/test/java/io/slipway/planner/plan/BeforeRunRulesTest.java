package io.slipway.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.planner.plan.RollbackRules.Choice;
import io.slipway.targets.flyway.HistoryRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BeforeRunRulesTest {
    private static final TargetId TARGET = new TargetId("shop");

    @Test
    void theHalfOfTheRunGoesFirstThenWhatItApplied() {
        // When
        Choice choice = choose("V3__a.sql", List.of("2"), row("1", true), row("2", true), row("3", false));

        // Then
        assertThat(undone(choice)).containsExactly("3", "2");
    }

    @Test
    void aRunThatGotNoFurtherThanItsHalfHasSomethingToUndo() {
        // When
        Choice choice = choose("V2__a.sql", List.of(), row("1", true), row("2", false));

        // Then
        assertThat(undone(choice)).containsExactly("2");
    }

    @Test
    void theHalfOfSomeoneElseIsNotThatOfTheRun() {
        // When
        Choice choice = choose(null, List.of(), row("1", true), row("2", false));

        // Then
        assertThat(choice).isInstanceOfSatisfying(Choice.Impossible.class, impossible -> assertThat(
                        impossible.failure().code())
                .isEqualTo("RUN_APPLIED_NOTHING"));
    }

    @Test
    void aWayBackThatWasCutOffGoesOnWithWhatIsLeft() {
        // When
        Choice choice = choose(null, List.of("2", "3"), row("1", true), row("2", true));

        // Then
        assertThat(undone(choice)).containsExactly("2");
    }

    @Test
    void aRunOfWhichNothingIsLeftHasBeenUndone() {
        // When
        Choice choice = choose(null, List.of("2", "3"), row("1", true));

        // Then
        assertThat(choice).isInstanceOfSatisfying(Choice.Impossible.class, impossible -> assertThat(
                        impossible.failure().message())
                .contains("version 2, 3, which has been undone"));
    }

    private static List<String> undone(Choice choice) {
        return ((Choice.Undo) choice)
                .undo().stream().map(row -> row.version().value()).toList();
    }

    private static Choice choose(@Nullable String interrupted, List<String> applied, HistoryRow... rows) {
        List<AppliedMigration> migrations =
                applied.stream().map(BeforeRunRulesTest::applied).toList();
        return BeforeRunRules.choose(
                RunId.random(),
                TARGET,
                Optional.of(new EarlierRun(TARGET, true, migrations, interrupted, List.of())),
                Stream.of(rows).toList());
    }

    private static AppliedMigration applied(String version) {
        return new AppliedMigration(
                new MigrationVersion(version),
                "a",
                "V" + version + "__a.sql",
                1,
                true,
                1,
                null,
                List.of(),
                Duration.ZERO);
    }

    private static HistoryRow row(String version, boolean success) {
        return new HistoryRow(
                Integer.parseInt(version),
                new MigrationVersion(version),
                "a",
                "SQL",
                "V" + version + "__a.sql",
                1,
                "u",
                Instant.EPOCH,
                success);
    }
}
