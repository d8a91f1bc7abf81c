package io.slipway.planner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.Derivation;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.TargetState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForeseenRulesTest {
    private static final ScriptFile WAY = new ScriptFile("U1__a.sql", "drop table a;");
    private static final Plan FAILED = plan(Plan.Kind.MIGRATION, script("1", 7, WAY), script("2", 8, null));

    @Test
    void foreseenIsOnlyWhatTheFailedPlanHadWordForWord() {
        assertThat(foreseen(undo("1", 7, WAY.name(), WAY.content()))).isTrue();
        assertThat(foreseen(undo("1", 7, WAY.name(), "drop table a cascade;"))).isFalse();
        assertThat(foreseen(undo("1", 7, "U1__other.sql", WAY.content()))).isFalse();
        assertThat(foreseen(undo("1", 9, WAY.name(), WAY.content()))).isFalse();
        assertThat(foreseen(undo("1", 7, WAY.name(), WAY.content()), undo("2", 8, "derived/U2__a.sql", "select 1")))
                .isFalse();
        assertThat(foreseen(undo("0.9", 6, "U0.9__a.sql", "select 1"))).isFalse();
    }

    private static boolean foreseen(PlannedScript... undos) {
        return ForeseenRules.foreseen(plan(Plan.Kind.ROLLBACK, undos), FAILED);
    }

    private static Plan plan(Plan.Kind kind, PlannedScript... scripts) {
        return Plan.of(
                kind,
                FlywaySettings.DEFAULTS,
                List.of(scripts),
                new TargetState("15.15", "shop", "1", null, "sha256:0", 0));
    }

    private static PlannedScript script(String version, int checksum, @Nullable ScriptFile undo) {
        return new PlannedScript(
                PlannedScript.Kind.VERSIONED,
                new MigrationVersion(version),
                "a",
                "V" + version + "__a.sql",
                checksum,
                true,
                "select 1",
                null,
                undo);
    }

    private static PlannedScript undo(String version, int checksum, String name, String sql) {
        var written = new PlannedScript(
                PlannedScript.Kind.UNDO, new MigrationVersion(version), "a", name, checksum, true, sql, null, null);
        return name.startsWith("derived/") ? written.from(new Derivation("V2__a.sql", List.of())) : written;
    }
}
