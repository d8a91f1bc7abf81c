package io.slipway.validator.check.backup;

import io.slipway.validator.check.outcome.Judgement;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether there will be a backup to go back to. This service does not know how the backup service is configured, only what
 * that has said of the runs before.
 */
final class BackupPolicy {
    private static final long FEW_HOURS = 3;
    private static final String ADVICE =
            "Let the backup service make backups of this target (slipway.backup.mode, also by target and environment), or make sure of one by other means.";

    private BackupPolicy() {}

    /** @param limit in seconds */
    static Judgement judge(HeardOfBackups heard, Instant now, long limit) {
        VerifiedBackup newest = heard.verified();
        return heard.goesWithout()
                .map(skipped -> newest == null ? none(skipped) : without(skipped, newest, now, limit))
                .orElseGet(() -> newest == null ? nothingHeard() : withItsOwn(newest, now));
    }

    private static Judgement nothingHeard() {
        return Judgement.passed(
                "This run makes a backup of its own after its release and reads it back, unless the backup service is told not to; no run of this target has been heard of yet that got one or went without.");
    }

    private static Judgement withItsOwn(VerifiedBackup newest, Instant now) {
        return Judgement.passed(
                        "This run makes a backup of its own after its release and reads it back, unless the backup service is told otherwise since the last run. The newest one is %s."
                                .formatted(words(newest, now)))
                .measured(age(newest, now).toSeconds());
    }

    private static Judgement none(SkippedBackup skipped) {
        return Judgement.failed(
                "%s No verified backup of this target has been heard of.".formatted(words(skipped)), ADVICE);
    }

    private static Judgement without(SkippedBackup skipped, VerifiedBackup newest, Instant now, long limit) {
        Duration age = age(newest, now);
        String found = "%s The newest verified backup is %s; the limit is %s."
                .formatted(words(skipped), words(newest, now), words(Duration.ofSeconds(limit)));
        Judgement judgement = age.toSeconds() <= limit ? Judgement.passed(found) : Judgement.failed(found, ADVICE);
        return judgement.measured(age.toSeconds());
    }

    private static String words(SkippedBackup skipped) {
        return "This run will go without a backup of its own, as run %s did: %s"
                .formatted(skipped.runId(), skipped.why());
    }

    private static String words(VerifiedBackup backup, Instant now) {
        return "%s old, of run %s, with %d entries read back (%s)"
                .formatted(words(age(backup, now)), backup.runId(), backup.entries(), backup.tool());
    }

    /** The clock of the backup service may be ahead. */
    private static Duration age(VerifiedBackup backup, Instant now) {
        Duration age = Duration.between(backup.at(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static String words(Duration time) {
        return time.toHours() < FEW_HOURS
                ? "%d minutes".formatted(time.toMinutes())
                : "%d hours".formatted(time.toHours());
    }
}
