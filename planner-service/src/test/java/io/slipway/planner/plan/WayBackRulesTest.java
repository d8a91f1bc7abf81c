package io.slipway.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.DerivedUndo.Draft;
import io.slipway.contracts.DerivedUndo.Outcome;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.ScriptFile;
import io.slipway.planner.plan.WayBackRules.Found;
import io.slipway.policy.RollbackRule.DerivedUndo;
import io.slipway.targets.flyway.HistoryRow;
import io.slipway.targets.flyway.ScriptResources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WayBackRulesTest {
    private static final MigrationVersion ONE = new MigrationVersion("1");
    private static final HistoryRow ROW =
            new HistoryRow(1, ONE, "a", "SQL", "shop/V1__a.sql", 7, "u", Instant.EPOCH, true);
    private static final ScriptResources NOTHING = new ScriptResources(List.of());
    private static final WayBack KEPT =
            new WayBack(new ScriptFile("U1__a.sql", "drop table a"), "executeInTransaction=false", 7);

    @Test
    void prefersTheScriptOfTheRequestThenThatOfThePlanThenADerivedOne() {
        // Given
        ScriptFile brought = new ScriptFile("U1__mine.sql", "drop table a cascade");
        var both = new WaysBack.Kept(Map.of(ONE, KEPT), Map.of(ONE, draft(Outcome.PROVED, "drop table a", 7)));
        var derived = new WaysBack.Kept(Map.of(), both.drafts());

        // Then
        assertThat(name(WayBackRules.choose(ROW, new ScriptResources(List.of(brought)), both, DerivedUndo.ALLOW)))
                .isEqualTo("U1__mine.sql");
        assertThat(name(WayBackRules.choose(ROW, NOTHING, both, DerivedUndo.ALLOW)))
                .isEqualTo("U1__a.sql");
        assertThat(name(WayBackRules.choose(ROW, NOTHING, derived, DerivedUndo.APPROVE)))
                .isEqualTo("derived/shop/U1__a.sql");
    }

    @Test
    void bringsTheSettingsOfTheScriptFromWhereItComesFrom() {
        // Given
        var kept = new WaysBack.Kept(Map.of(ONE, KEPT), Map.of());
        var brought = new ScriptResources(List.of(
                new ScriptFile("U1__mine.sql", "drop table a"), new ScriptFile("U1__mine.sql.conf", "mine=true")));
        var derived = new WaysBack.Kept(Map.of(), Map.of(ONE, draft(Outcome.PROVED, "drop table a", 7)));

        // Then
        assertThat(conf(WayBackRules.choose(ROW, NOTHING, kept, DerivedUndo.ALLOW)))
                .isEqualTo("executeInTransaction=false");
        assertThat(conf(WayBackRules.choose(ROW, brought, kept, DerivedUndo.ALLOW)))
                .isEqualTo("mine=true");
        assertThat(conf(WayBackRules.choose(ROW, NOTHING, derived, DerivedUndo.ALLOW)))
                .isEqualTo("placeholderReplacement=false");
    }

    @Test
    void neverUsesWhatIsNotProvedOrDoesNothingOrIsForAnotherScript() {
        assertThat(why(draft(Outcome.DIFFERS, "drop table a", 7))).contains("same schema");
        assertThat(why(draft(Outcome.FAILED, "drop table a", 7))).contains("it fails");
        assertThat(why(draft(Outcome.PROVED, null, 7))).contains("max-undo-characters");
        assertThat(why(draft(Outcome.PROVED, "\n", 7)))
                .contains("take nothing back")
                .contains("rows are lost");
        assertThat(why(draft(Outcome.PROVED, "drop table a", 8))).contains("none was derived");
    }

    @Test
    void policyMayRefuseDerivedScripts() {
        // When
        Found found = choose(draft(Outcome.PROVED, "drop table a", 7), DerivedUndo.REFUSE);

        // Then
        assertThat(found).isInstanceOfSatisfying(Found.None.class, none -> assertThat(none.why())
                .contains("derived-undo: refuse"));
    }

    private static String why(KeptDraft draft) {
        return ((Found.None) choose(draft, DerivedUndo.ALLOW)).why();
    }

    private static Found choose(KeptDraft draft, DerivedUndo rule) {
        return WayBackRules.choose(ROW, NOTHING, new WaysBack.Kept(Map.of(), Map.of(ONE, draft)), rule);
    }

    private static @Nullable String conf(Found found) {
        return ((Found.Way) found).way().conf();
    }

    private static String name(Found found) {
        return ((Found.Way) found).way().script().name();
    }

    private static KeptDraft draft(Outcome outcome, @Nullable String sql, int checksum) {
        return KeptDraft.of(
                new Draft("shop/V1__a.sql", ONE, outcome, "it was so", sql, List.of("rows are lost")), checksum);
    }
}
