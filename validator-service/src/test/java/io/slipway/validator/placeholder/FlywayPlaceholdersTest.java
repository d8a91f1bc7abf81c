package io.slipway.validator.placeholder;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.Plan;
import io.slipway.contracts.TargetState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlywayPlaceholdersTest {

    @Test
    void knowsWhatFlywayKnowsByItself() {
        // Given
        Plan plan = plan(new FlywaySettings(Map.of("tenant", "acme"), List.of("shop", "audit"), false, null));

        // When
        var values = FlywayPlaceholders.of(plan, "sql/V1__a.sql", "deployer", Instant.EPOCH)
                .values();

        // Then
        assertThat(values)
                .containsEntry("flyway:defaultSchema", "shop")
                .containsEntry("flyway:user", "deployer")
                .containsEntry("flyway:database", "db")
                .containsEntry("flyway:filename", "V1__a.sql")
                .containsEntry("flyway:table", "flyway_schema_history")
                .containsEntry("tenant", "acme")
                .containsKeys("flyway:timestamp", "flyway:workingDirectory", "flyway:environment");
    }

    @Test
    void letsThePlanHaveTheLastWord() {
        // Given
        Plan plan = plan(new FlywaySettings(Map.of("flyway:user", "other"), List.of(), false, null));

        // When
        var values = FlywayPlaceholders.of(plan, "V1__a.sql", "deployer", Instant.EPOCH)
                .values();

        // Then
        assertThat(values).containsEntry("flyway:user", "other").containsEntry("flyway:defaultSchema", "public");
    }

    @Test
    void readsFromTheConfigurationOfAScriptThatNothingIsReplaced() {
        assertThat(FlywayPlaceholders.switchedOff("executeInTransaction=false\nplaceholderReplacement = FALSE\n"))
                .isTrue();
        assertThat(FlywayPlaceholders.switchedOff("placeholderReplacement=true"))
                .isFalse();
        assertThat(FlywayPlaceholders.switchedOff("# placeholderReplacement=false"))
                .isFalse();
        assertThat(FlywayPlaceholders.switchedOff(null)).isFalse();
    }

    private static Plan plan(FlywaySettings settings) {
        return Plan.of(
                Plan.Kind.MIGRATION, settings, List.of(), new TargetState("15.15", "db", "7", null, "sha256:0", 0));
    }
}
