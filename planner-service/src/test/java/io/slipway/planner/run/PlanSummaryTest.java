package io.slipway.planner.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.slipway.contracts.DerivedUndo;
import io.slipway.contracts.DerivedUndo.Draft;
import io.slipway.contracts.DerivedUndo.Outcome;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetState;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.planner.run.PlanSummary.WayBack;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanSummaryTest {
    private static final PlanSummary SUMMARY = PlanSummary.of(
            Plan.of(
                    Plan.Kind.MIGRATION,
                    FlywaySettings.DEFAULTS,
                    List.of(
                            script("1", new ScriptFile("U1__a.sql", "drop table a;")),
                            script("2", null),
                            script("3", null)),
                    new TargetState("15.15", "shop", "1", null, "sha256:0", 0)),
            null);

    @Test
    void saysOfEachScriptWhereItsWayBackComesFrom() {
        // Given
        DerivedUndo undo = new DerivedUndo(List.of(draft("2", Outcome.PROVED), draft("3", Outcome.DIFFERS)), null);

        // When
        PlanSummary seen = SUMMARY.with(undo);

        // Then
        assertThat(seen.scripts())
                .extracting(PlanSummary.Script::wayBack)
                .containsExactly(WayBack.SCRIPT, WayBack.DERIVED, WayBack.NONE);
    }

    @Test
    void readsRowsOfBeforeThereWereDerivedUndoScripts() throws JsonProcessingException {
        // Given
        String row = EventJson.mapper().writeValueAsString(SUMMARY).replaceAll(",\"wayBack\":\"[A-Z]+\"", "");

        // When
        PlanSummary read = EventJson.mapper().readValue(row, PlanSummary.class);

        // Then
        assertThat(row).doesNotContain("wayBack");
        assertThat(read).isEqualTo(SUMMARY);
    }

    private static PlannedScript script(String version, @Nullable ScriptFile undo) {
        return new PlannedScript(
                PlannedScript.Kind.VERSIONED,
                new MigrationVersion(version),
                "a",
                name(version),
                1,
                true,
                "select 1",
                null,
                undo);
    }

    private static Draft draft(String version, Outcome outcome) {
        return new Draft(name(version), new MigrationVersion(version), outcome, null, "select 2", List.of());
    }

    private static String name(String version) {
        return "V" + version + "__a.sql";
    }
}
