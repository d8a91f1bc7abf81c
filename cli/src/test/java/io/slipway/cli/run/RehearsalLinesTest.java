package io.slipway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.cli.output.Style;
import io.slipway.contracts.DerivedUndo;
import io.slipway.contracts.DerivedUndo.Draft;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Rehearsal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RehearsalLinesTest {

    @Test
    void saysWhatTheCopyHeldAndWhatDerivedUndoScriptsLose() {
        // Given
        var undo = new DerivedUndo(
                List.of(
                        draft("1", DerivedUndo.Outcome.PROVED, null, List.of("Not brought back: what was in table t.")),
                        draft(
                                "2",
                                DerivedUndo.Outcome.DIFFERS,
                                "left behind: x; not brought back: nothing",
                                List.of())),
                "the time ended");
        var rehearsal = new Rehearsal(
                Rehearsal.Outcome.CONFIRMED,
                null,
                2,
                1,
                List.of(),
                Rehearsal.WayBack.NONE,
                null,
                Duration.ofMillis(1_100),
                new Rehearsal.Copied(12, "not copied", null),
                undo);

        // When
        List<String> lines = new RehearsalLines(new Style(false)).lines(rehearsal);

        // Then
        assertThat(lines)
                .containsExactly(
                        "Rehearsal: 2 statements ran on a copy of the schema with 12 rows, 1 held against their prediction and"
                                + " confirmed, 1.1 s",
                        "Undo derived for 2 scripts without one, 1 proved; the verdict has the SQL; no more, the time ended",
                        "  V1__test.sql: Not brought back: what was in table t.",
                        "  V2__test.sql: Leaves another schema, left behind: x; not brought back: nothing");
    }

    private static Draft draft(
            String version, DerivedUndo.Outcome outcome, @Nullable String detail, List<String> losses) {
        return new Draft(
                "V%s__test.sql".formatted(version), new MigrationVersion(version), outcome, detail, "", losses);
    }
}
