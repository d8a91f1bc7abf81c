package io.slipway.backup.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.backup.BackupConfig;
import io.slipway.backup.BackupConfigFixture;
import io.slipway.contracts.event.RunReleased;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackupPolicyTest {

    @Test
    void backsUpWhereNothingIsSaid() {
        assertThat(BackupPolicy.skipped(config(Map.of()), null, "shop", "production"))
                .isEmpty();
    }

    @Test
    void listensToTheEnvironmentBeforeTheDefault() {
        // Given
        var config = config(Map.of("slipway.backup.environments.development.mode", "never"));

        // When
        var skipped = BackupPolicy.skipped(config, null, "shop", "development");

        // Then
        assertThat(skipped).hasValueSatisfying(why -> assertThat(why).contains("environments.\"development\""));
        assertThat(BackupPolicy.skipped(config, null, "shop", "production")).isEmpty();
    }

    @Test
    void listensToTheTargetBeforeItsEnvironment() {
        // Given
        var config = config(Map.of(
                "slipway.backup.environments.development.mode", "never",
                "slipway.backup.targets.\"shop.eu\".mode", "always",
                "slipway.backup.mode", "never"));

        // Then
        assertThat(BackupPolicy.skipped(config, null, "shop.eu", "development")).isEmpty();
        assertThat(BackupPolicy.skipped(config, null, "other", "production"))
                .hasValueSatisfying(why -> assertThat(why).contains("slipway.backup.mode=never"));
    }

    @Test
    void listensToThePolicyOfTheReleaseBeforeAllSettings() {
        // Given
        var never = config(Map.of("slipway.backup.mode", "never"));

        // Then
        assertThat(BackupPolicy.skipped(never, RunReleased.Backup.REQUIRED, "shop", "production"))
                .isEmpty();
        assertThat(BackupPolicy.skipped(config(Map.of()), RunReleased.Backup.LEFT_OUT, "shop", "production"))
                .hasValueSatisfying(why -> assertThat(why).contains("policy"));
    }

    private static BackupConfig config(Map<String, String> values) {
        return BackupConfigFixture.of(values);
    }
}
