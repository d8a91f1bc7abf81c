package io.slipway.validator.check.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.PreMigrationCheck.Outcome;
import io.slipway.contracts.RunId;
import io.slipway.validator.check.outcome.Judgement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupPolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-14T12:00:00Z");
    private static final long LIMIT = Duration.ofHours(24).toSeconds();

    @ParameterizedTest
    @CsvSource({
        // verified and skipped hours ago; empty: never
        ",,   PASSED, ,      no run of this target has been heard of yet",
        "100,, PASSED, 360000, This run makes a backup of its own",
        "1,2,  PASSED, 3600,   The newest one is 60 minutes old",
        ",1,   FAILED, ,      No verified backup of this target has been heard of.",
        "24,1, PASSED, 86400,  The newest verified backup is 24 hours old",
        "25,1, FAILED, 90000,  the limit is 24 hours"
    })
    void judgesByTheLastThatWasHeard(
            @Nullable Integer verified,
            @Nullable Integer skipped,
            Outcome outcome,
            @Nullable Long figure,
            String detail) {
        // When
        Judgement judgement = BackupPolicy.judge(heard(verified, skipped), NOW, LIMIT);

        // Then
        assertThat(judgement.outcome()).isEqualTo(outcome);
        assertThat(judgement.figure()).isEqualTo(figure);
        assertThat(judgement.detail()).contains(detail);
        assertThat(judgement.advice() != null).isEqualTo(outcome == Outcome.FAILED);
    }

    @Test
    void takesABackupOfAClockThatIsAheadForNew() {
        assertThat(BackupPolicy.judge(heard(-1, null), NOW, LIMIT).figure()).isZero();
    }

    private static HeardOfBackups heard(@Nullable Integer verified, @Nullable Integer skipped) {
        return new HeardOfBackups(
                verified == null ? null : new VerifiedBackup(RunId.random(), ago(verified), 17, "pg_dump 15.14"),
                skipped == null ? null : new SkippedBackup(RunId.random(), ago(skipped), "Backups are switched off."));
    }

    private static Instant ago(int hours) {
        return NOW.minus(Duration.ofHours(hours));
    }
}
