package io.slipway.audit.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.contracts.Failure;
import io.slipway.contracts.Finding;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.ApprovalGiven;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupFailed;
import io.slipway.contracts.event.BackupRequested;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.Fact;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.MigrationNotNeeded;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.MigrationProgressed;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.MigrationStarted;
import io.slipway.contracts.event.Request;
import io.slipway.contracts.event.RequestRejected;
import io.slipway.contracts.event.RestoreCompleted;
import io.slipway.contracts.event.RestoreFailed;
import io.slipway.contracts.event.RestoreRequested;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RollbackPlanned;
import io.slipway.contracts.event.RollbackRequested;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunHeld;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The timeline's entry for an event: one line for people, the rest for those who look closer. */
final class Notes {
    private static final ObjectMapper JSON = EventJson.mapper();

    private Notes() {}

    static Change.Noted of(UUID run, Envelope envelope, MigrationEvent event) {
        return new Change.Noted(
                run,
                key(envelope, event),
                EventTypes.nameOf(event.getClass()),
                envelope.time(),
                summary(event),
                detail(event));
    }

    /** A run of hours reports progress thousands of times: one entry for each script is kept up to date. */
    private static String key(Envelope envelope, MigrationEvent event) {
        return event instanceof MigrationProgressed progress
                ? "script " + progress.scriptIndex()
                : envelope.source() + " " + envelope.id();
    }

    private static String summary(MigrationEvent event) {
        return switch (event) {
            case MigrationRequested e ->
                "Migration to %s asked for by %s".formatted(latestOr(e.toVersion()), e.requestedBy());
            case RollbackRequested e -> "Rollback to %s asked for by %s".formatted(e.revision(), e.requestedBy());
            case BackupRequested e -> "Backup asked for by " + e.requestedBy();
            case RestoreRequested e -> "Restore asked for by " + e.requestedBy();
            case ApprovalGiven e -> "Approved by %s: %s".formatted(e.requestedBy(), e.reason());
            case CancellationRequested e -> "Cancellation asked for by %s: %s".formatted(e.requestedBy(), e.reason());
            case RequestRejected e -> "Rejected: " + line(e.failure());
            case MigrationPlanned e ->
                "Planned: %s, starting from %s"
                        .formatted(scripts(e.plan()), at(e.plan().state().currentVersion()));
            case RollbackPlanned e ->
                "Planned: %s, back to %s%s"
                        .formatted(
                                scripts(e.plan()),
                                at(e.toVersion()),
                                e.cause() == null ? "" : ", because run %s failed".formatted(e.cause()));
            case ValidationPassed e -> "Validation passed: " + line(e.verdict());
            case ValidationFailed e -> "Validation failed: " + line(e.verdict());
            case RunHeld e ->
                "Held, waiting for %s: %s"
                        .formatted(words(e.hold().reason()), e.hold().detail());
            case RunReleased e ->
                "Released%s%s"
                        .formatted(
                                e.approvedBy().isEmpty() ? "" : ", approved by " + String.join(", ", e.approvedBy()),
                                e.skipped().isEmpty() ? "" : ", by force past " + String.join(", ", e.skipped()));
            case StopOrdered e -> "Asked to stop by %s: %s".formatted(e.requestedBy(), e.reason());
            case BackupCompleted e ->
                "Backed up and read back: %d entries by %s"
                        .formatted(e.backup().entries(), e.backup().tool());
            case BackupSkipped e -> "No backup: " + e.why();
            case BackupFailed e -> "Backup failed: " + line(e.failure());
            case MigrationStarted e -> "Started: %d %s".formatted(e.scripts(), e.scripts() == 1 ? "script" : "scripts");
            case MigrationProgressed e ->
                "Script %d of %d: %s, %s done%s".formatted(e.scriptIndex(), e.scripts(), e.script(), done(e), waits(e));
            case MigrationApplied e -> "Applied: " + migrations(e.migrations().size());
            case MigrationFailed e -> "Failed, %s: %s".formatted(left(e.stateLeft()), line(e.failure()));
            case MigrationNotNeeded e -> "Nothing to do: already at " + at(e.currentVersion());
            case DryRunCompleted e ->
                e.wouldPass()
                        ? "Dry run: %s would run"
                                .formatted(migrations(e.scripts().size()))
                        : "Dry run: would be refused";
            case RollbackApplied e ->
                "Rolled back %s, now at %s".formatted(migrations(e.undone().size()), at(e.toVersion()));
            case RollbackFailed e -> "Rollback failed, %s: %s".formatted(left(e.stateLeft()), line(e.failure()));
            case RestoreCompleted e -> "Restored from " + e.backup().location();
            case RestoreFailed e -> "Restore failed, %s: %s".formatted(left(e.stateLeft()), line(e.failure()));
            case RunCancelled e -> "Ended before it began (%s): %s".formatted(words(e.cause()), line(e.failure()));
        };
    }

    private static String detail(MigrationEvent event) {
        ObjectNode detail = JSON.valueToTree(event);
        detail.remove(List.of("runId", "target"));
        switch (event) {
            case MigrationPlanned e -> detail.set("plan", outline(e.plan()));
            case RollbackPlanned e -> detail.set("plan", outline(e.plan()));
            case Request _, Fact _ -> {}
        }
        try {
            return JSON.writeValueAsString(detail);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of our own can always be written as JSON.", e);
        }
    }

    /** The plan without its scripts' text, which may be megabytes and stays with the event. */
    private static ObjectNode outline(Plan plan) {
        ObjectNode outline = JSON.createObjectNode();
        outline.put("digest", plan.digest().value());
        outline.set("state", JSON.valueToTree(plan.state()));
        outline.set(
                "scripts",
                JSON.valueToTree(
                        plan.scripts().stream().map(PlannedScript::name).toList()));
        return outline;
    }

    private static String line(Failure failure) {
        return failure.message();
    }

    private static String line(Verdict verdict) {
        long errors = count(verdict, Finding.Severity.ERROR);
        long warnings = count(verdict, Finding.Severity.WARNING);
        List<String> failed = verdict.checks().stream()
                .filter(check -> !check.passed())
                .map(PreMigrationCheck::name)
                .toList();
        return "risk %s, %d %s, %d %s%s"
                .formatted(
                        words(verdict.risk()),
                        errors,
                        errors == 1 ? "error" : "errors",
                        warnings,
                        warnings == 1 ? "warning" : "warnings",
                        failed.isEmpty() ? "" : ", checks not passed: " + String.join(", ", failed));
    }

    private static long count(Verdict verdict, Finding.Severity severity) {
        return verdict.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static String scripts(Plan plan) {
        int count = plan.scripts().size();
        return count == 1 ? "1 script" : count + " scripts";
    }

    private static String waits(MigrationProgressed progress) {
        if (progress.waited() == null) {
            return "";
        }
        String holders = progress.blockedBy().stream()
                .map(blocker -> "pid %d (%s)".formatted(blocker.pid(), blocker.application()))
                .collect(Collectors.joining(", "));
        return ", waits for a lock" + (holders.isEmpty() ? "" : " held by " + holders);
    }

    private static String done(MigrationProgressed progress) {
        return progress.batches() == null
                ? statements(progress.statementsDone())
                : "%d batches, %d rows".formatted(progress.batches(), progress.rows());
    }

    private static String statements(int count) {
        return count == 1 ? "1 statement" : count + " statements";
    }

    private static String migrations(int count) {
        return count == 1 ? "1 migration" : count + " migrations";
    }

    private static String at(@Nullable MigrationVersion version) {
        return version == null ? "an empty history" : "version " + version;
    }

    private static String latestOr(@Nullable MigrationVersion version) {
        return version == null ? "the latest version" : "version " + version;
    }

    private static String left(StateLeft left) {
        return switch (left) {
            case UNCHANGED -> "nothing changed";
            case PARTLY_APPLIED -> "partly applied";
            case INTERRUPTED -> "interrupted in the middle of a script";
            case UNKNOWN -> "state unknown";
        };
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
