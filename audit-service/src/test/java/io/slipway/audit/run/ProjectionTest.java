package io.slipway.audit.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.audit.RunFixture;
import io.slipway.contracts.Failure;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.ApprovalGiven;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.RequestRejected;
import io.slipway.contracts.event.RunCancelled.Cause;
import io.slipway.contracts.event.RunEnded;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProjectionTest {
    private static final RunFixture RUN = RunFixture.on("shop");

    /** Each event type, what it changes, and what the timeline says; rows separated by '|' are changes in order. */
    static Stream<Arguments> everyEvent() {
        return Stream.of(
                row(RUN.requested(), "Touched|Asked", ""),
                row(RUN.rollbackRequested(), "Touched|Asked", ""),
                row(RUN.backupRequested(), "Touched|Asked", ""),
                row(RUN.restoreRequested(), "Touched|Asked", ""),
                row(RUN.approved(), "Asked|Noted", "Approved by lead: Looked at it"),
                row(RUN.cancellationRequested(), "Asked|Noted", "Cancellation asked for by oncall: Not today"),
                row(RUN.rejected(), "Touched|Rejected|Noted", "Rejected: relation \"prodct\" does not exist"),
                row(RUN.planned(), "Touched|Planned|PLANNED|Noted", "Planned: 2 scripts, starting from version 1"),
                row(RUN.rollbackPlanned(), "Touched|Planned|PLANNED|Noted", "Planned: 1 script, back to version 2"),
                row(
                        RUN.validated(),
                        "Touched|Judged|VALIDATED|Noted",
                        "Validation passed: risk medium, 0 errors, 1 warning"),
                row(
                        RUN.invalid(),
                        "Touched|Judged|REFUSED|Noted",
                        "Validation failed: risk medium, 1 error, 0 warnings"),
                row(RUN.held(), "Touched|HELD|Noted", "Held, waiting for window: opens at 22:00"),
                row(RUN.released(), "Touched|RELEASED|Noted", "Released, by force past window"),
                row(RUN.stopOrdered(), "Touched|Noted", "Asked to stop by anna: The checkout waits"),
                row(
                        RUN.backedUp(),
                        "Touched|BackedUp|READY|Noted",
                        "Backed up and read back: 12 entries by pg_dump 15.15"),
                row(RUN.backupSkipped(), "Touched|READY|Noted", "No backup: nothing irreversible"),
                row(
                        RUN.backupFailed(),
                        "Touched|UNPROTECTED|Noted",
                        "Backup failed: relation \"prodct\" does not exist"),
                row(RUN.started(), "Touched|Started|EXECUTING|Noted", "Started: 2 scripts"),
                row(
                        RUN.progressed(2, 7),
                        "Touched|EXECUTING|Noted",
                        "Script 2 of 2: V3__prices.sql, 7 statements done"),
                row(RUN.applied(), "Touched|Performed|APPLIED|Noted", "Applied: 2 migrations"),
                row(
                        RUN.failed(),
                        "Touched|Performed|FAILED|Noted",
                        "Failed, partly applied: relation \"prodct\" does not exist"),
                row(RUN.notNeeded(), "Touched|Arrived|NOT_NEEDED|Noted", "Nothing to do: already at version 3"),
                row(RUN.dryRunCompleted(), "Touched|DRY_RUN|Noted", "Dry run: 2 migrations would run"),
                row(
                        RUN.rolledBack(),
                        "Touched|Performed|Arrived|ROLLED_BACK|Noted",
                        "Rolled back 1 migration, now at version 2"),
                row(
                        RUN.rollbackFailed(),
                        "Touched|Performed|FAILED|Noted",
                        "Rollback failed, nothing changed: relation \"prodct\" does not exist"),
                row(RUN.restored(), "Touched|BackedUp|RESTORED|Noted", "Restored from file:///backups/shop.dump"),
                row(
                        RUN.restoreFailed(),
                        "Touched|FAILED|Noted",
                        "Restore failed, nothing changed: relation \"prodct\" does not exist"),
                row(
                        RUN.cancelled(Cause.EXPIRED),
                        "Touched|CANCELLED|Noted",
                        "Ended before it began (expired): relation \"prodct\" does not exist"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyEvent")
    void saysWhatEachEventChanges(String type, MigrationEvent event, String changes, String summary) {
        // When
        List<Change> made = Projection.of(RUN.envelope(event, 1), event);

        // Then
        assertThat(made.stream().map(ProjectionTest::name).collect(Collectors.joining("|")))
                .isEqualTo(changes);
        assertThat(made.stream()
                        .filter(Change.Noted.class::isInstance)
                        .map(change -> ((Change.Noted) change).summary())
                        .collect(Collectors.joining()))
                .isEqualTo(summary);
    }

    @Test
    void hasARowForEveryEventType() {
        assertThat(everyEvent().<Object>map(row -> row.get()[0]).toList())
                .hasSameElementsAs(
                        EventTypes.all().<Object>map(Class::getSimpleName).toList());
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void endsARunExactlyWithTheEventsThatEndIt(String type, MigrationEvent event) {
        // When
        List<Change> made = Projection.of(RUN.envelope(event, 1), event);

        // Then
        assertThat(made.stream().filter(Change.Ended.class::isInstance).count())
                .isEqualTo(event instanceof RunEnded ? 1 : 0);
        assertThat(made.getFirst() instanceof Change.Touched)
                .isEqualTo(!(event instanceof ApprovalGiven || event instanceof CancellationRequested));
    }

    @ParameterizedTest
    @EnumSource(Cause.class)
    void tellsRefusalsAndFailuresFromCancellations(Cause cause) {
        // When
        Change.Ended ended = only(Change.Ended.class, RUN.cancelled(cause));

        // Then
        assertThat(ended.outcome())
                .isEqualTo(
                        switch (cause) {
                            case PLAN_REFUSED, VALIDATION_FAILED -> Outcome.REFUSED;
                            case TARGET_UNREACHABLE, BACKUP_FAILED -> Outcome.FAILED;
                            case REQUESTED, EXPIRED -> Outcome.CANCELLED;
                        });
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.UNCHANGED);
    }

    @Test
    void takesVersionsFromThePlan() {
        // When
        Change.Planned planned = only(Change.Planned.class, RUN.planned());

        // Then
        assertThat(planned.from()).hasToString("1");
        assertThat(planned.to()).hasToString("3");
        assertThat(planned.requestId()).isEqualTo(RUN.requestId());
    }

    @Test
    void leavesTheTextOfScriptsOutOfTheTimeline() {
        assertThat(only(Change.Noted.class, RUN.planned()).detail())
                .contains("V2__cart.sql", RUN.plan().digest().value())
                .doesNotContain("create table cart");
    }

    @Test
    void keepsOneTimelineEntryForEachScriptAtWork() {
        // When
        List<String> keys = Stream.of(RUN.progressed(1, 1), RUN.progressed(1, 9), RUN.progressed(2, 1))
                .map(event -> only(Change.Noted.class, event).key())
                .toList();

        // Then
        assertThat(keys).containsExactly("script 1", "script 1", "script 2");
    }

    @Test
    void putsARejectionWhereItsRequestIs() {
        // When
        Change.Asked asked = only(Change.Asked.class, RUN.requested());
        Change.Rejected rejected = only(Change.Rejected.class, RUN.rejected());

        // Then
        assertThat(asked.run()).isEqualTo(RUN.run().value());
        assertThat(rejected.run()).isEqualTo(RUN.run().value());
        assertThat(rejected.kind()).isEqualTo(RunKind.MIGRATION);
    }

    @Test
    void keepsTheRunThatAConflictingRequestMeantToTakeTheKeyOf() {
        // Given
        RequestRejected conflict = new RequestRejected(
                RUN.target(),
                RUN.requestId(),
                RunFixture.SOURCE,
                "io.slipway.MigrationRequested.v1",
                Failure.of("KEY_CONFLICT", "The key was used.", "Use a new key."));

        // When
        Change.Rejected rejected = only(Change.Rejected.class, conflict);

        // Then
        assertThat(rejected.run()).isNotEqualTo(RUN.run().value());
    }

    private static <C extends Change> C only(Class<C> type, MigrationEvent event) {
        Envelope envelope = RUN.envelope(event, 1);
        return Projection.of(envelope, event).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((a, b) -> {
                    throw new AssertionError("more than one " + type);
                })
                .orElseThrow();
    }

    private static Arguments row(MigrationEvent event, String changes, String summary) {
        return Arguments.of(event.getClass().getSimpleName(), event, changes, summary);
    }

    /** States and outcomes by their own name, other changes by their type. */
    private static String name(Change change) {
        return switch (change) {
            case Change.Entered entered -> entered.state().name();
            case Change.Ended ended -> ended.outcome().name();
            default -> change.getClass().getSimpleName();
        };
    }
}
