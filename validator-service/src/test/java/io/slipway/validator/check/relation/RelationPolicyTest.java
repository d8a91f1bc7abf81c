package io.slipway.validator.check.relation;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.PreMigrationCheck.Outcome;
import io.slipway.sql.ast.Name;
import io.slipway.validator.check.outcome.Judgement;
import io.slipway.validator.check.relation.VacuumOnTable.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelationPolicyTest {

    @Test
    void countsSessionsAndNotLocks() {
        // When
        Judgement judgement = RelationPolicy.locks(
                List.of(
                        new LockOnTable("a", 7, "ann", "", "ShareRowExclusiveLock", true),
                        new LockOnTable("b", 7, "ann", "", "AccessExclusiveLock", false)),
                0);

        // Then
        assertThat(judgement.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(judgement.figure()).isEqualTo(1);
        assertThat(judgement.detail())
                .contains("pid 7 (ann) holds SHARE ROW EXCLUSIVE on a, pid 7 (ann) waits for ACCESS EXCLUSIVE on b");
    }

    @ParameterizedTest
    @CsvSource({"ROUTINE, PASSED", "WRAPAROUND, FAILED", "HIDDEN, UNKNOWN"})
    void judgesAutovacuumByWhetherItGivesWay(Reason reason, Outcome outcome) {
        assertThat(RelationPolicy.autovacuum(List.of(new VacuumOnTable("a", 7, reason)), 0)
                        .outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"false, false, FAILED", "true, false, PASSED", "false, true, PASSED"})
    void leavesIndexesToThoseWhoWorkOnThem(boolean building, boolean taken, Outcome outcome) {
        // Given
        InvalidIndex index = new InvalidIndex(new Name("public", "a_b"), "a", true, building);

        // When
        Judgement judgement = RelationPolicy.invalidIndexes(List.of(index), any -> taken, 0);

        // Then
        assertThat(judgement.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "2147483647, 1717986917, true, 79, PASSED",
        "2147483647, 2000000000, true, 93, FAILED",
        "9223372036854775807, 9223372036854775807, true, 100, FAILED",
        "32767, 0, true, 0, PASSED",
        "32767, 0, false, , UNKNOWN"
    })
    void judgesSequencesByHowMuchIsUsed(long most, long last, boolean visible, Long percent, Outcome outcome) {
        // When
        Judgement judgement =
                RelationPolicy.sequences(List.of(new SequenceUse("s", "t.c", "integer", most, last, visible)), 80);

        // Then
        assertThat(judgement.outcome()).isEqualTo(outcome);
        assertThat(judgement.figure()).isEqualTo(percent);
    }
}
