package io.slipway.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.PlannedScript;
import io.slipway.targets.ledger.StatementRecord;
import io.slipway.targets.ledger.StatementRecord.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResumptionTest {
    private static final List<String> SQL = List.of("vacuum a", "vacuum b", "vacuum c");

    @Test
    void goesOnAtTheStatementThatFailed() {
        assertThat(Resumption.of(script(false), SQL, Optional.of(List.of(ran(1), ended(2, State.FAILED)))))
                .isEqualTo(new Resumption.At(2, 3));
        assertThat(Resumption.of(script(false), SQL, Optional.of(List.of(ended(1, State.INTENDED)))))
                .isEqualTo(new Resumption.At(1, 3));
    }

    @Test
    void goesOnBehindTheLastOneThatHasRun() {
        assertThat(Resumption.of(script(false), SQL, Optional.of(List.of(ran(1), ran(2)))))
                .isEqualTo(new Resumption.At(3, 3));
        assertThat(Resumption.of(script(false), SQL, Optional.of(List.of(ran(1), ran(2), ran(3)))))
                .isEqualTo(new Resumption.At(4, 3));
    }

    @Test
    void letsTheStatementThatFailedChange() {
        // Given
        List<String> edited = List.of("vacuum a;", "vacuum (full) b", "vacuum d");

        // When
        var resumption = Resumption.of(script(false), edited, Optional.of(List.of(ran(1), ended(2, State.FAILED))));

        // Then
        assertThat(resumption).isEqualTo(new Resumption.At(2, 3));
    }

    @Test
    void refusesOneThatHasRunAndIsAnotherOneNow() {
        // Given
        List<String> edited = List.of("vacuum a", "vacuum (full) b", "vacuum c");

        // When
        var resumption =
                Resumption.of(script(false), edited, Optional.of(List.of(ran(1), ran(2), ended(3, State.FAILED))));

        // Then
        assertThat(resumption).isInstanceOfSatisfying(Resumption.Refused.class, refused -> {
            assertThat(refused.failure().code()).isEqualTo("RESUME_CHANGED");
            assertThat(refused.failure().message()).contains("Statement 2 of V1__vacuums.sql (line 20");
            assertThat(refused.failure().line()).isEqualTo(20);
        });
    }

    @Test
    void refusesAScriptThatHasFewerStatementsThanHaveRun() {
        assertThat(code(Resumption.of(script(false), SQL.subList(0, 1), Optional.of(List.of(ran(1), ran(2))))))
                .isEqualTo("RESUME_CHANGED");
    }

    @Test
    void refusesAScriptThatWouldRunInATransactionNow() {
        assertThat(code(Resumption.of(script(true), SQL, Optional.of(List.of(ran(1))))))
                .isEqualTo("RESUME_CHANGED");
    }

    @Test
    void refusesAScriptOfWhichTheLedgerKnowsNothing() {
        assertThat(code(Resumption.of(script(false), SQL, Optional.empty()))).isEqualTo("RESUME_UNKNOWN");
    }

    @Test
    void beginsAtTheFirstStatementWhenItsAttemptDidNotComeToIt() {
        assertThat(Resumption.of(script(false), SQL, Optional.of(List.of()))).isEqualTo(new Resumption.At(1, 3));
    }

    private static String code(Resumption resumption) {
        return ((Resumption.Refused) resumption).failure().code();
    }

    private static StatementRecord ran(int number) {
        return ended(number, State.DONE);
    }

    private static StatementRecord ended(int number, State state) {
        String sha256 = StatementRecord.hash(SQL.get(number - 1));
        return new StatementRecord(number, sha256, 10 * number, state, false, 1, Instant.EPOCH, List.of(), null);
    }

    private static PlannedScript script(boolean transactional) {
        return new PlannedScript(
                PlannedScript.Kind.VERSIONED,
                new MigrationVersion("1"),
                "vacuums",
                "V1__vacuums.sql",
                1,
                transactional,
                String.join(";\n", SQL),
                null,
                null);
    }
}
