package io.slipway.validator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.PreMigrationCheck.Outcome;
import io.slipway.validator.check.outcome.Judgement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnansweredPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "42501, Not visible to this role",
        "57014, did not answer within slipway.validator.check-timeout",
        "55P03, somebody holds a lock",
        "08006, gone"
    })
    void isNeverAPass(String state, String words) {
        // When
        Judgement judgement = UnansweredPolicy.of(new SQLException("gone\n  Where: secret", state));

        // Then
        assertThat(judgement.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(judgement.detail()).contains(words).doesNotContain("secret");
        assertThat(judgement.advice()).isNotBlank();
    }

    @Test
    void saysThatTheTimeWasUsedUp() {
        assertThat(UnansweredPolicy.outOfTime(Duration.ofSeconds(10)).detail()).contains("10000 ms");
    }
}
