package io.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.slipway.contracts.event.MigrationRequested;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the small values accept and refuse. */
class ValuesTest {
    @Test
    void versionsAreOrderedByTheirNumbers() {
        // When
        Stream<String> sorted = Stream.of("10", "2", "1.10", "1_2", "1.0.1", "20240115.1")
                .map(MigrationVersion::new)
                .sorted()
                .map(MigrationVersion::value);

        // Then
        assertThat(sorted).containsExactly("1.0.1", "1.2", "1.10", "2", "10", "20240115.1");
    }

    @Test
    void versionsKeepHowTheyWereWrittenButAreTheSameWithTrailingZeros() {
        // Given
        MigrationVersion version = new MigrationVersion("1.0");

        // When
        boolean same = version.sameAs(new MigrationVersion("1"));

        // Then
        assertThat(same).isTrue();
        assertThat(version).hasToString("1.0").isNotEqualTo(new MigrationVersion("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "1.", ".1", "1..2", "1-2", " 1", "latest"})
    void refusesWhatIsNoVersion(String text) {
        // When
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MigrationVersion(text))
                // Then
                .withMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0", "-1001", "--1", "-", "-x", "+1", "", "-99999999999", "before:", "before:5f0c1a52"})
    void refusesWhatIsNoRevision(String text) {
        // When
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Revision(text))
                // Then
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void revisionsCountBackOrNameAVersion() {
        // Given
        Revision back = new Revision("-3");
        Revision version = new Revision("2.1");

        // When
        int steps = back.steps();

        // Then
        assertThat(steps).isEqualTo(3);
        assertThat(back.relative()).isTrue();
        assertThat(version.relative()).isFalse();
        assertThat(version.version()).isEqualTo(new MigrationVersion("2.1"));
    }

    @Test
    void revisionsNameTheRunBeforeWhichTheyGo() {
        // Given
        RunId run = RunId.random();

        // When
        Revision revision = new Revision("before:" + run);

        // Then
        assertThat(revision.beforeRun()).contains(run);
        assertThat(revision.relative()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void refusesCountsOutOfBounds(int count) {
        // When
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counted(count, null))
                // Then
                .withMessageContaining(String.valueOf(count));
    }

    @Test
    void refusesACountBesideAVersion() {
        // When
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counted(1, new MigrationVersion("2")))
                // Then
                .withMessageContaining("give one of them");
    }

    private static MigrationRequested counted(int count, @Nullable MigrationVersion toVersion) {
        return new MigrationRequested(
                new TargetId("shop"),
                new ScriptSource.Inline(List.of()),
                toVersion,
                count,
                FlywaySettings.DEFAULTS,
                false,
                false,
                "ada",
                "test",
                null,
                null,
                null,
                false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../V1__a.sql", "a/../../b.sql", "a\\b.sql", "./V1__a.sql", "a/..", "a\0b"})
    void refusesScriptNamesThatLeaveTheirFolder(String name) {
        // When
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScriptFile(name, "SELECT 1;"))
                // Then
                .withMessageContaining("relative path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-1-1-1-1", "", "5f0c1a52", "5f0c1a52-8f0e-4f57-9c55-0d3c3c1f7a1100"})
    void refusesWhatIsNoRunId(String text) {
        // When
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunId.of(text))
                // Then
                .withMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "", "-a", "postgresql://user:pass@host/db", "a b"})
    void refusesWhatIsNoTargetName(String name) {
        // When
        assertThatIllegalArgumentException().isThrownBy(() -> new TargetId(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ada:hunter2@git.example.org/shop",
                "https://hunter2@git.example.org/shop",
                "ssh://git:hunter2@git.example.org/shop",
                "https://a:hunter2@b@git.example.org/shop"
            })
    void refusesCredentialsInTheUrlOfARepositoryAndDoesNotRepeatThem(String url) {
        // When
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ScriptSource.Git(url, "main", null))
                // Then
                .withMessageContaining("credentials")
                .withMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.org:8443/shop",
                "ssh://git@git.example.org:22/shop",
                "git@host:shop",
                "file:///a"
            })
    void takesUrlsOfRepositoriesWithoutCredentials(String url) {
        // When
        ScriptSource.Git git = new ScriptSource.Git(url, "main", null);
        // Then
        assertThat(git.repository()).isEqualTo(url);
    }
}
