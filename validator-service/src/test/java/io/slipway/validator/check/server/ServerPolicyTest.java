package io.slipway.validator.check.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.PreMigrationCheck.Outcome;
import io.slipway.validator.check.outcome.Judgement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "10, 100, 1, 20, 10, PASSED",
        "90, 100, 1, 20, 90, PASSED",
        "91, 100, 1, 20, 91, FAILED",
        "10, 100, 19, 20, 95, FAILED",
        "0, 100, 0, 0, 100, FAILED"
    })
    void judgesByTheTightestBound(long used, long most, long roleUsed, long roleMost, long figure, Outcome outcome) {
        // When
        Judgement judgement = ServerPolicy.connections(
                List.of(
                        new ConnectionUse("max_connections", used, most),
                        new ConnectionUse("the limit of role ann", roleUsed, roleMost)),
                90);

        // Then
        assertThat(judgement.figure()).isEqualTo(figure);
        assertThat(judgement.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"500, PASSED", "501, FAILED"})
    void judgesByTheOldestTransactionId(long age, Outcome outcome) {
        // When
        Judgement judgement = ServerPolicy.wraparound(
                List.of(new TransactionAge("database a", 3), new TransactionAge("table b", age)), 500);

        // Then
        assertThat(judgement.outcome()).isEqualTo(outcome);
        assertThat(judgement.figure()).isEqualTo(age);
    }
}
