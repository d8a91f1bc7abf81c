package io.slipway.targets.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.ScriptFile;
import java.util.List;
import org.flywaydb.core.api.resource.LoadableResource;
import org.junit.jupiter.api.Test;

class ScriptResourcesTest {
    private static final String[] SQL = {".sql"};

    private final ScriptResources scripts = new ScriptResources(List.of(
            new ScriptFile("V1__one.sql", "SELECT 1"),
            new ScriptFile("sub/V2.1__two.sql", "SELECT 2"),
            new ScriptFile("sub/V2.1__two.sql.conf", "executeInTransaction=false"),
            new ScriptFile("R__views.sql", "SELECT 3"),
            new ScriptFile("beforeMigrate.sql", "SELECT 4"),
            new ScriptFile("U2_1__two.sql", "SELECT -2"),
            new ScriptFile("V9__evil.sh", "rm -rf /"),
            new ScriptFile("README.md", "notes")));

    @Test
    void givesFlywayTheSqlOfEveryKindButUndo() {
        assertThat(scripts.getResources("", SQL))
                .extracting(LoadableResource::getRelativePath)
                .containsExactlyInAnyOrder("V1__one.sql", "sub/V2.1__two.sql", "R__views.sql", "beforeMigrate.sql");
        assertThat(scripts.getResources("V", SQL))
                .extracting(LoadableResource::getFilename)
                .containsExactlyInAnyOrder("V1__one.sql", "V2.1__two.sql");
        assertThat(scripts.getResource("sub/V2.1__two.sql.conf")).isNotNull();
        assertThat(scripts.getResource("sub/V2.1__two.conf")).isNull();
    }

    @Test
    void givesFlywayNothingThatItWouldRunOnThisMachine() {
        assertThat(scripts.getResources("V", new String[] {".sh", ".py", ".ps1", ".bat", ".cmd", ".bash"}))
                .isEmpty();
        assertThat(scripts.getResource("V9__evil.sh")).isNull();
    }

    @Test
    void findsTheUndoOfAVersionHoweverItIsWritten() {
        assertThat(scripts.undoFor(new MigrationVersion("2.1")))
                .map(ScriptFile::content)
                .contains("SELECT -2");
        assertThat(scripts.undoFor(new MigrationVersion("2.1.0"))).isPresent();
        assertThat(scripts.undoFor(new MigrationVersion("1"))).isEmpty();
        assertThat(scripts.settingsFor("sub/V2.1__two.sql")).contains("executeInTransaction=false");
    }

    @Test
    void namesTheFilesThatContradictEachOther() {
        assertThatThrownBy(() -> new ScriptResources(
                        List.of(new ScriptFile("U1__a.sql", ""), new ScriptFile("b/U1.0__b.sql", ""))))
                .hasMessageContaining("U1__a.sql")
                .hasMessageContaining("b/U1.0__b.sql");
        assertThatThrownBy(() ->
                        new ScriptResources(List.of(new ScriptFile("V1__a.sql", ""), new ScriptFile("V1__a.sql", "x"))))
                .hasMessageContaining("V1__a.sql");
    }
}
