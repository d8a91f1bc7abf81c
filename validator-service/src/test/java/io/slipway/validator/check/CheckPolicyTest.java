package io.slipway.validator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.TargetId;
import org.junit.jupiter.api.Test;

class CheckPolicyTest {

    @Test
    void refusesATargetThatNobodyConfigured() {
        // When
        PreMigrationCheck check = CheckPolicy.unknown(new TargetId("nowhere"));

        // Then
        assertThat(check.passed()).isFalse();
        assertThat(check.critical()).isTrue();
        assertThat(check.detail()).contains("nowhere");
    }
}
