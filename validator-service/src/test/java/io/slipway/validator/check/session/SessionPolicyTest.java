package io.slipway.validator.check.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.PreMigrationCheck.Outcome;
import io.slipway.validator.check.outcome.Judgement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionPolicyTest {

    @ParameterizedTest
    @CsvSource({"60, 0, PASSED", "61, 0, FAILED", "61, 3, FAILED", "60, 3, UNKNOWN", "0, 0, PASSED", "0, 1, UNKNOWN"})
    void judgesByTheOldestAndByWhatIsHidden(long seconds, int hidden, Outcome outcome) {
        // Given
        List<OpenTransaction> open =
                seconds == 0 ? List.of() : List.of(new OpenTransaction(7, "ann", "psql", seconds, "SELECT a"));

        // When
        Judgement transactions = SessionPolicy.longTransactions(new Sessions(open, hidden), 60);
        Judgement idle = SessionPolicy.idleInTransaction(new Sessions(open, hidden), 60);

        // Then
        assertThat(transactions.outcome()).isEqualTo(outcome);
        assertThat(idle.outcome()).isEqualTo(outcome);
        assertThat(transactions.advice() == null).isEqualTo(outcome == Outcome.PASSED);
    }

    @ParameterizedTest
    @CsvSource({"60, PASSED", "61, FAILED"})
    void judgesPreparedTransactionsByTheirAge(long seconds, Outcome outcome) {
        assertThat(SessionPolicy.prepared(List.of(new PreparedTransaction("a", "ann", seconds)), 60)
                        .outcome())
                .isEqualTo(outcome);
    }
}
