package io.slipway.validator.resume;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.PlannedScript;
import org.junit.jupiter.api.Test;

class RemainingTextTest {
    private static final String SQL = """
            -- slipway:ignore-file some-rule
            create index concurrently a on t (a); -- done
            -- about b
            create index concurrently b on t (b);
            vacuum t;
            """;

    @Test
    void leavesOutWhatHasRunAndKeepsEverythingElseAtItsPlace() {
        // When
        String text = RemainingText.of(script().resumedAt(2), SQL);

        // Then
        assertThat(text.lines().map(String::stripTrailing))
                .containsExactly("", "", "-- about b", "create index concurrently b on t (b);", "vacuum t;");
        assertThat(text).hasSameSizeAs(SQL);
    }

    @Test
    void leavesNothingOfAScriptOfWhichAllHasRun() {
        // When
        String text = RemainingText.of(script().resumedAt(4), SQL);

        // Then
        assertThat(text).isBlank();
    }

    @Test
    void leavesAScriptAsItIsThatBeginsAtItsBeginning() {
        // When
        String text = RemainingText.of(script(), SQL);

        // Then
        assertThat(text).isEqualTo(SQL);
    }

    @Test
    void keepsTheSettingsThatTheSessionIsGivenAgain() {
        // Given
        String settings = "set search_path = app;\ncreate table t (a int);\nset role owner ;\nvacuum t;\n";

        // When
        String text = RemainingText.of(script().resumedAt(4), settings);

        // Then
        assertThat(text.lines().map(String::strip))
                .containsExactly("set search_path = app;", "", "set role owner ;", "vacuum t;");
    }

    @Test
    void takesTheDataOfACopyAwayWithIt() {
        // Given
        String copy = "copy t from stdin;\n1\n\\.\nvacuum t;\n";

        // When
        String text = RemainingText.of(script().resumedAt(2), copy);

        // Then
        assertThat(text.strip()).isEqualTo("vacuum t;");
    }

    private static PlannedScript script() {
        return new PlannedScript(
                PlannedScript.Kind.VERSIONED,
                new MigrationVersion("1"),
                "indexes",
                "V1__indexes.sql",
                1,
                false,
                SQL,
                null,
                null);
    }
}
