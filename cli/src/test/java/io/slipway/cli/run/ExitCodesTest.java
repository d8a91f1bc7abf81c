package io.slipway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.cli.ExitCode;
import io.slipway.contracts.Failure;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.DryRunCompleted;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.RestoreFailed;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunEnded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodesTest {
    private static final RunId RUN = RunId.of(RunFixture.RUN);
    private static final TargetId TARGET = new TargetId("default");
    private static final PlanDigest PLAN = new PlanDigest("sha256:" + "0".repeat(64));
    private static final Failure FAILURE = Failure.of("BROKEN", "It broke.", "Mend it.");

    @ParameterizedTest
    @CsvSource({
        "MigrationApplied, 0",
        "MigrationNotNeeded, 0",
        "MigrationNotNeeded.empty, 0",
        "RollbackApplied, 0",
        "RollbackApplied.to-nothing, 0",
        "RestoreCompleted, 0",
        "DryRunCompleted, 0",
        "RunCancelled, 2",
        "RunCancelled.requested, 3",
        "MigrationFailed, 7",
        "MigrationFailed.interrupted, 8",
        "RollbackFailed, 8",
        "RestoreFailed, 7"
    })
    void followFromTheEnd(String sample, int expected) {
        // Given
        RunEnded end = RunFixture.end(sample);

        // When
        ExitCode code = ExitCodes.of(end);

        // Then
        assertThat(code.number()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "PLAN_REFUSED, 3",
        "TARGET_UNREACHABLE, 3",
        "VALIDATION_FAILED, 2",
        "BACKUP_FAILED, 3",
        "REQUESTED, 3",
        "EXPIRED, 3"
    })
    void followFromTheCauseOfACancellation(RunCancelled.Cause cause, int expected) {
        // When
        ExitCode code = ExitCodes.of(new RunCancelled(RUN, TARGET, cause, FAILURE));

        // Then
        assertThat(code.number()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(StateLeft.class)
    void tellWhetherAFailureLeftTheTargetAsItWas(StateLeft left) {
        // When
        Stream<ExitCode> codes = Stream.of(
                        new MigrationFailed(RUN, TARGET, PLAN, List.of(), FAILURE, left, Duration.ZERO),
                        new RollbackFailed(RUN, TARGET, PLAN, List.of(), FAILURE, left, Duration.ZERO),
                        new RestoreFailed(RUN, TARGET, FAILURE, left, Duration.ZERO))
                .map(ExitCodes::of);

        // Then
        assertThat(codes)
                .containsOnly(left == StateLeft.UNCHANGED ? ExitCode.FAILED_UNCHANGED : ExitCode.FAILED_CHANGED);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 2"})
    void tellWhetherADryRunWouldPass(boolean wouldPass, int expected) {
        // When
        ExitCode code = ExitCodes.of(new DryRunCompleted(RUN, TARGET, PLAN, List.of(), wouldPass));

        // Then
        assertThat(code.number()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"APPROVAL, 4", "WINDOW, 5", "TURN, 9", "MOON, 9"})
    void tellWhatARunIsHeldFor(String reason, int expected) {
        // Given
        RunView run = RunView.of(RunFixture.held(RunFixture.run("HELD", 25, 4), reason));

        // When
        ExitCode code = ExitCodes.ofUnended(run, ExitCode.STOPPED_WAITING);

        // Then
        assertThat(code.number()).isEqualTo(expected);
    }

    @Test
    void keepTheirNumbers() {
        // When
        String all = Arrays.stream(ExitCode.values())
                .map(code -> code.name() + "=" + code.number())
                .collect(Collectors.joining(" "));

        // Then
        assertThat(all)
                .isEqualTo("OK=0 UNEXPECTED=1 VALIDATION_FAILED=2 REFUSED=3 AWAITING_APPROVAL=4 OUTSIDE_WINDOW=5"
                        + " FAILED_UNCHANGED=7 FAILED_CHANGED=8 STOPPED_WAITING=9 CONFLICT=10 USAGE=64"
                        + " UNREADABLE_INPUT=66");
    }

    @Test
    void areAllDocumented() throws IOException {
        // When
        String readme = Files.readString(Path.of("README.md"));

        // Then
        assertThat(ExitCode.values()).allSatisfy(code -> assertThat(readme)
                .contains("| %d | %s |".formatted(code.number(), code.meaning())));
    }
}
