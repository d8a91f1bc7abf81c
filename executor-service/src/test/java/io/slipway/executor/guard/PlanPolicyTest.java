package io.slipway.executor.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.TargetState;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanPolicyTest {
    private static final TargetState THEN = state("shop", "7", "history-1");
    private static final Plan PLAN =
            Plan.of(Plan.Kind.MIGRATION, FlywaySettings.DEFAULTS, List.of(script("create table a ()")), THEN);

    @Test
    void acceptsThePlanThatWasReleased() {
        assertThat(PlanPolicy.same(PLAN, PLAN.digest())).isEmpty();
    }

    @Test
    void refusesAScriptThatWasChangedOnTheWay() {
        // Given
        var tampered = new Plan(
                PLAN.kind(),
                PLAN.settings(),
                List.of(script("drop table a")),
                PLAN.state(),
                null,
                List.of(),
                null,
                PLAN.digest());
        // When
        var failure = PlanPolicy.same(tampered, PLAN.digest());
        // Then
        assertThat(failure).get().extracting("code").isEqualTo("PLAN_MISMATCH");
    }

    @Test
    void refusesAPlanThatIsIntactButNotTheReleasedOne() {
        var other = Plan.of(PLAN.kind(), PLAN.settings(), List.of(script("select 1")), PLAN.state());
        assertThat(PlanPolicy.same(other, PLAN.digest())).isPresent();
    }

    @Test
    void refusesAHistoryThatHasMovedOn() {
        var failure = PlanPolicy.current(PLAN, state("shop", "7", "history-2"), false);
        assertThat(failure).get().extracting("code").isEqualTo("PLAN_OUTDATED");
    }

    @Test
    void acceptsAHistoryThatThisVeryRunHasMovedOn() {
        assertThat(PlanPolicy.current(PLAN, state("shop", "7", "history-2"), true))
                .isEmpty();
    }

    @Test
    void refusesAnotherClusterEvenForARunThatHasBegun() {
        assertThat(PlanPolicy.current(PLAN, state("shop", "8", "history-1"), true))
                .isPresent();
        assertThat(PlanPolicy.current(PLAN, state("other", "7", "history-1"), true))
                .isPresent();
    }

    private static PlannedScript script(String sql) {
        return new PlannedScript(
                PlannedScript.Kind.VERSIONED,
                new MigrationVersion("1"),
                "first",
                "V1__first.sql",
                1,
                true,
                sql,
                null,
                null);
    }

    private static TargetState state(String database, String system, String history) {
        return new TargetState("15.15", database, system, null, history, 0);
    }
}
