package io.slipway.executor.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.TargetState;
import io.slipway.targets.flyway.HistoryRow;
import io.slipway.targets.flyway.SchemaHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryRulesTest {
    private static final SchemaHistory EMPTY = history();
    private static final HistoryRow FIRST = row(1, "1", "SQL", "V1__a.sql");
    private static final HistoryRow SECOND = row(2, "2", "SQL", "V2__b.sql");
    private static final HistoryRow BASELINE = row(1, "1", "BASELINE", "<< Flyway Baseline >>");

    @Test
    void acceptsTheHistoryThatWasPlannedFor() {
        assertThat(HistoryRules.asPlanned(plan(history(FIRST)), history(FIRST), List.of(), Set.of()))
                .isTrue();
    }

    @Test
    void refusesARowOfSomeoneElse() {
        assertThat(HistoryRules.asPlanned(plan(history(FIRST)), history(FIRST, SECOND), List.of(), Set.of()))
                .isFalse();
    }

    @Test
    void acceptsWhatTheRunItselfHasDone() {
        assertThat(HistoryRules.asPlanned(
                        plan(history(FIRST)), history(FIRST, SECOND), List.of(done("2", "V2__b.sql")), Set.of()))
                .isTrue();
    }

    @Test
    void refusesASecondRowForAScriptOfTheRun() {
        var twice = history(FIRST, SECOND, row(3, "2", "SQL", "V2__b.sql"));
        assertThat(HistoryRules.asPlanned(plan(history(FIRST)), twice, List.of(done("2", "V2__b.sql")), Set.of()))
                .isFalse();
    }

    @Test
    void refusesARowOfSomeoneElseBeforeThatOfTheRun() {
        var mixed = history(FIRST, row(2, "3", "SQL", "V3__c.sql"), row(3, "2", "SQL", "V2__b.sql"));
        assertThat(HistoryRules.asPlanned(plan(history(FIRST)), mixed, List.of(done("2", "V2__b.sql")), Set.of()))
                .isFalse();
    }

    @Test
    void acceptsThatFlywayHasBegunTheHistory() {
        var begun = history(row(0, null, "SCHEMA", "\"app\""), BASELINE);
        assertThat(HistoryRules.asPlanned(plan(EMPTY), begun, List.of(), Set.of()))
                .isTrue();
    }

    @Test
    void refusesAnotherBaselineThanThePlanned() {
        var other = history(row(1, "7", "BASELINE", "<< Flyway Baseline >>"));
        assertThat(HistoryRules.asPlanned(plan(EMPTY), other, List.of(), Set.of()))
                .isFalse();
    }

    @Test
    void knowsTheRowsOfARollbackByTheirVersion() {
        // Given
        Plan back = Plan.of(Plan.Kind.ROLLBACK, FlywaySettings.DEFAULTS, List.of(), state(history(FIRST, SECOND)));
        var taken = history(FIRST, SECOND, row(3, "2", "DELETE", "V2__b.sql"));
        // Then
        assertThat(HistoryRules.asPlanned(back, taken, List.of(done("2", "U2__b.sql")), Set.of()))
                .isTrue();
        assertThat(HistoryRules.asPlanned(back, taken, List.of(), Set.of())).isFalse();
    }

    @Test
    void acceptsWhatIsLeftOnceTheRunHasRemovedAFailedRowAndNothingElse() {
        // Given
        HistoryRow half = failed(2, "2", "V2__b.sql");
        Plan back = Plan.of(Plan.Kind.ROLLBACK, FlywaySettings.DEFAULTS, List.of(), state(history(FIRST, half)));
        var ours = List.of(done("2", "U2__b.sql"), done("1", "U1__a.sql"));
        var taken = history(FIRST, half, row(3, "1", "DELETE", "V1__a.sql"));
        // When
        var left = Set.of(HistoryRules.repaired(back, taken, ours, Set.of(2)));
        // Then
        assertThat(HistoryRules.asPlanned(back, taken, ours, left)).isTrue();
        assertThat(HistoryRules.asPlanned(back, history(FIRST), ours, left)).isTrue();
        assertThat(HistoryRules.asPlanned(back, history(FIRST), ours, Set.of())).isFalse();
        assertThat(HistoryRules.asPlanned(back, history(FIRST, row(2, "3", "SQL", "V3__c.sql")), ours, left))
                .isFalse();
    }

    @Test
    void acceptsTheFailedRowOfAResumedScriptBothBeforeAndAfterItIsRemoved() {
        // Given
        HistoryRow half = failed(2, "2", "V2__b.sql");
        Plan on = plan(history(FIRST, half));
        var ours = List.of(done("2", "V2__b.sql"));
        // When
        var left = Set.of(HistoryRules.repaired(on, history(FIRST, half), ours, Set.of(2)));
        // Then
        assertThat(HistoryRules.asPlanned(on, history(FIRST, half), ours, Set.of()))
                .isTrue();
        assertThat(HistoryRules.asPlanned(on, history(FIRST, SECOND), ours, left))
                .isTrue();
        assertThat(HistoryRules.asPlanned(on, history(FIRST, row(2, "3", "SQL", "V3__c.sql")), ours, left))
                .isFalse();
    }

    private static Plan plan(SchemaHistory then) {
        var settings = new FlywaySettings(Map.of(), List.of(), false, new MigrationVersion("1"));
        return Plan.of(Plan.Kind.MIGRATION, settings, List.of(), state(then));
    }

    private static TargetState state(SchemaHistory then) {
        return new TargetState("15.15", "shop", "7", null, then.digest(), 0);
    }

    private static SchemaHistory history(HistoryRow... rows) {
        return new SchemaHistory(true, List.of(rows));
    }

    private static HistoryRow row(int rank, String version, String type, String script) {
        return new HistoryRow(
                rank,
                version == null ? null : new MigrationVersion(version),
                "it",
                type,
                script,
                1,
                "someone",
                Instant.EPOCH,
                true);
    }

    private static HistoryRow failed(int rank, String version, String script) {
        return new HistoryRow(
                rank, new MigrationVersion(version), "it", "SQL", script, 1, "someone", Instant.EPOCH, false);
    }

    private static AppliedMigration done(String version, String script) {
        return new AppliedMigration(
                new MigrationVersion(version), "it", script, 1, true, 1, 0L, List.of(), Duration.ZERO);
    }
}
