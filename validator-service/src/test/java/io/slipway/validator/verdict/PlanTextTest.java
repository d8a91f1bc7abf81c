package io.slipway.validator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    @Test
    void readsAnUndoScriptUnderItsOwnSettings() {
        assertThat(text(null).findings()).hasSize(1);
        assertThat(text("placeholderReplacement=false").findings()).isEmpty();
    }

    private static PlanText text(@Nullable String undoConf) {
        var script = new PlannedScript(
                        PlannedScript.Kind.VERSIONED,
                        new MigrationVersion("1"),
                        "a",
                        "V1__a.sql",
                        1,
                        true,
                        "create table a ()",
                        null,
                        new ScriptFile("U1__a.sql", "comment on table a is '${nowhere}'"))
                .undoneUnder(undoConf);
        var state = new TargetState("15.15", "shop", null, null, "none", 0);
        Plan plan = Plan.of(Plan.Kind.MIGRATION, FlywaySettings.DEFAULTS, List.of(script), state);
        return PlanText.of(plan, "app", Instant.EPOCH);
    }
}
