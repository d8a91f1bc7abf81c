package io.slipway.validator.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrialScriptsTest {
    @Test
    void triesAnUndoScriptUnderItsOwnSettings() {
        assertThat(undo(null)).isEqualTo(new TrialScript("U1__a.sql", "comment on table a is 'b'", true));
        assertThat(undo("executeInTransaction=false\nplaceholderReplacement=false"))
                .isEqualTo(new TrialScript("U1__a.sql", "comment on table a is '${a}'", false));
    }

    private static TrialScript undo(@Nullable String conf) {
        var script = new PlannedScript(
                        PlannedScript.Kind.VERSIONED,
                        new MigrationVersion("1"),
                        "a",
                        "V1__a.sql",
                        1,
                        true,
                        "create table a ()",
                        null,
                        new ScriptFile("U1__a.sql", "comment on table a is '${a}'"))
                .undoneUnder(conf);
        var settings = new FlywaySettings(Map.of("a", "b"), List.of(), false, null);
        var state = new TargetState("15.15", "shop", null, null, "none", 0);
        Plan plan = Plan.of(Plan.Kind.MIGRATION, settings, List.of(script), state);
        return TrialScripts.of(plan, "app", Instant.EPOCH).undo().getFirst();
    }
}
