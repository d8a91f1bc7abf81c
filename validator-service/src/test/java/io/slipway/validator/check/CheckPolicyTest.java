package io.slipway.validator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.TargetState;
import io.slipway.targets.pool.Reachability.Reachable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckPolicyTest {
    private static final TargetState PLANNED = state("shop", "71", "sha256:a", "3");
    private static final Plan PLAN = Plan.of(Plan.Kind.MIGRATION, FlywaySettings.DEFAULTS, List.of(), PLANNED);

    @Test
    void passesTheTargetThatWasPlannedFor() {
        assertThat(decide(false, PLANNED)).allMatch(PreMigrationCheck::passed);
    }

    @Test
    void recordsEnvironmentAndVersion() {
        assertThat(decide(false, PLANNED))
                .filteredOn(check -> check.name().equals("environment"))
                .singleElement()
                .satisfies(check -> assertThat(check.detail()).isEqualTo("Environment production, PostgreSQL 15.15."));
    }

    @ParameterizedTest
    @CsvSource({"production, true", "Production, true", "staging, false", "'', false"})
    void refusesATargetOfAnotherEnvironmentThanTheRequestSays(String said, boolean passes) {
        // When
        List<PreMigrationCheck> checks = decide(said, false, PLANNED);

        // Then
        assertThat(critical(checks)).isEqualTo(passes ? List.of() : List.of("environment"));
        assertThat(checks.getLast().detail())
                .contains(
                        passes
                                ? "Environment production, as the request says"
                                : "takes the target 'shop' for environment '%s', but it is configured as 'production'"
                                        .formatted(said));
    }

    @Test
    void refusesAServerInRecovery() {
        assertThat(critical(decide(true, PLANNED))).containsExactly("target-takes-writes");
    }

    @Test
    void refusesAnotherClusterWithADatabaseOfTheSameName() {
        assertThat(critical(decide(false, state("shop", "72", "sha256:a", "3"))))
                .containsExactly("target-is-planned-one");
    }

    @Test
    void goesByTheNameWhereTheServerHidesItsIdentifier() {
        assertThat(decide(false, state("shop", null, "sha256:a", "3"))).allMatch(PreMigrationCheck::passed);
    }

    @Test
    void onlyRemarksThatTheHistoryHasMovedOn() {
        // When
        List<PreMigrationCheck> checks = decide(false, state("shop", "71", "sha256:b", "4"));

        // Then
        assertThat(critical(checks)).isEmpty();
        assertThat(checks).filteredOn(check -> !check.passed()).singleElement().satisfies(check -> assertThat(
                        check.detail())
                .contains("planned at version 3, now at 4"));
    }

    @Test
    void refusesATargetThatNobodyConfigured() {
        // When
        PreMigrationCheck check = CheckPolicy.unknown(new TargetId("nowhere"));

        // Then
        assertThat(critical(List.of(check))).containsExactly("target-answers");
        assertThat(check.detail()).contains("nowhere");
    }

    private static List<PreMigrationCheck> decide(boolean inRecovery, TargetState now) {
        return decide(null, inRecovery, now);
    }

    private static List<PreMigrationCheck> decide(@Nullable String said, boolean inRecovery, TargetState now) {
        var server = new Reachable(new TargetId("shop"), "15.15", inRecovery, Duration.ofMillis(3));
        return CheckPolicy.decide("production", said, server, now, PLAN);
    }

    private static List<String> critical(List<PreMigrationCheck> checks) {
        return checks.stream()
                .filter(check -> check.critical() && !check.passed())
                .map(PreMigrationCheck::name)
                .toList();
    }

    private static TargetState state(String database, @Nullable String system, String history, String version) {
        return new TargetState("15.15", database, system, new MigrationVersion(version), history, 3);
    }
}
