package io.slipway.planner.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptDirectoriesTest {
    @TempDir
    Path folder;

    private Path allowed;
    private Path shop;

    @BeforeEach
    void layOut() throws IOException {
        allowed = Files.createDirectory(folder.resolve("allowed"));
        shop = Files.createDirectory(allowed.resolve("shop"));
        Files.createDirectory(folder.resolve("allowed-not"));
    }

    @Test
    void readsScriptsAndTheirSettingsFromAllLevelsAndNothingElse() throws IOException {
        // Given
        write("shop/V2__b.sql", "select 'ü';");
        write("shop/V1__a.sql", "select 1;");
        write("shop/V1__a.sql.conf", "executeInTransaction=false");
        write("shop/old/U1__a.sql", "select 0;");
        write("shop/README.md", "no script");
        write("shop/.git/V9__x.sql", "hidden");

        // When
        Scripts scripts = read("shop");

        // Then
        assertThat(scripts)
                .isEqualTo(Scripts.found(List.of(
                        new ScriptFile("V1__a.sql", "select 1;"),
                        new ScriptFile("V1__a.sql.conf", "executeInTransaction=false"),
                        new ScriptFile("V2__b.sql", "select 'ü';"),
                        new ScriptFile("old/U1__a.sql", "select 0;"))));
    }

    @Test
    void takesAbsolutePathsToo() throws IOException {
        write("shop/V1__a.sql", "select 1;");
        assertThat(read(shop.toString())).isInstanceOf(Scripts.Found.class);
    }

    @Test
    void refusesEveryWayOut() throws IOException {
        // Given
        Files.createSymbolicLink(allowed.resolve("link"), folder.resolve("allowed-not"));

        // Then
        for (String path : List.of("..", "../allowed-not", "shop/../../allowed-not", "/etc", "/nowhere", "link")) {
            assertThat(code(read(path))).as(path).isEqualTo("DIRECTORY_NOT_ALLOWED");
        }
    }

    @Test
    void refusesLinksThatLeadOut() throws IOException {
        // Given
        Path secret = Files.writeString(folder.resolve("secret.sql"), "secret");
        Files.createSymbolicLink(shop.resolve("V1__a.sql"), secret);

        // Then
        assertThat(code(read("shop"))).isEqualTo("LINK_NOT_FOLLOWED");
    }

    @Test
    void saysThatADirectoryDoesNotExist() {
        assertThat(read("nowhere")).isInstanceOfSatisfying(Scripts.Unusable.class, unusable -> {
            assertThat(unusable.failure().code()).isEqualTo("DIRECTORY_UNREADABLE");
            assertThat(unusable.failure().message()).contains("nowhere").contains("does not exist");
        });
    }

    @Test
    void namesTheScriptThatIsNotUtf8() throws IOException {
        // Given
        Files.write(shop.resolve("V1__a.sql"), new byte[] {'-', '-', (byte) 0xE4});

        // Then
        assertThat(read("shop")).isInstanceOfSatisfying(Scripts.Unusable.class, unusable -> {
            assertThat(unusable.failure().code()).isEqualTo("SCRIPT_NOT_UTF8");
            assertThat(unusable.failure().message()).contains("V1__a.sql");
        });
    }

    @Test
    void refusesMoreThanFitsIntoAnEventAndNamesBothSizes() throws IOException {
        // Given
        write("shop/V1__a.sql", "x".repeat(Topics.MAX_SCRIPT_BYTES));
        write("shop/V2__b.sql", "x");

        // Then
        assertThat(read("shop")).isInstanceOfSatisfying(Scripts.Unusable.class, unusable -> {
            assertThat(unusable.failure().code()).isEqualTo("TOO_LARGE");
            assertThat(unusable.failure().message()).contains("5242881").contains("5242880");
        });
    }

    @Test
    void readsNothingWhereNothingIsAllowed() {
        Scripts scripts = new ScriptDirectories(List.of(), 100).read("shop");
        assertThat(code(scripts)).isEqualTo("DIRECTORIES_NOT_ALLOWED");
    }

    private Scripts read(String path) {
        return new ScriptDirectories(List.of(allowed), 100).read(path);
    }

    private void write(String name, String content) throws IOException {
        Path path = allowed.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private static String code(Scripts scripts) {
        return ((Scripts.Unusable) scripts).failure().code();
    }
}
