package io.slipway.planner.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.Failure;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptOrigin;
import io.slipway.contracts.ScriptSource;
import io.slipway.planner.scripts.GitFixture.Entry;
import io.slipway.policy.ScriptPermission;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitRepositoriesTest {
    private static final Map<String, String> ONE = Map.of("V1__a.sql", "select 1;");
    private static final Map<String, String> TWO = Map.of("V1__a.sql", "select 1;", "V2__b.sql", "select 2;");

    @TempDir
    Path folder;

    private GitFixture git;

    @BeforeEach
    void open() throws Exception {
        git = new GitFixture(folder);
    }

    @AfterEach
    void close() {
        git.close();
    }

    @Test
    void readsScriptsAndSettingsOfAFolderAndNothingElse() throws Exception {
        // Given
        String commit = git.commit(
                "main",
                Map.of(
                        "db/V2__b.sql", "select 'ü';",
                        "db/old/U1__a.sql", "select 0;",
                        "db/V1__a.sql.conf", "executeInTransaction=false",
                        "db/flyway.toml", "[flyway]",
                        "db/old/flyway.toml", "not at the top",
                        "db/README.md", "no script",
                        "db/.hidden/V9__x.sql", "hidden",
                        "V3__outside.sql", "select 3;"));

        // When
        Scripts scripts = git.read("main", "db");

        // Then
        assertThat(scripts)
                .isEqualTo(new Scripts.Found(
                        List.of(
                                new ScriptFile("V1__a.sql.conf", "executeInTransaction=false"),
                                new ScriptFile("V2__b.sql", "select 'ü';"),
                                new ScriptFile("flyway.toml", "[flyway]"),
                                new ScriptFile("old/U1__a.sql", "select 0;")),
                        new ScriptOrigin(git.url(), "main", commit, "db"),
                        List.of()));
    }

    @Test
    void readsBranchesTagsAndCommitsAndFollowsABranchThatMoves() throws Exception {
        // Given
        String first = git.commit("main", ONE);
        git.tag("v1", first);
        assertThat(commit(git.read("main"))).isEqualTo(first);

        // When
        String second = git.commit("main", TWO);
        String third = git.commit("main", ONE);

        // Then: a tip, a commit behind it that needs the history, and the tip again
        assertThat(commit(git.read("main"))).isEqualTo(third);
        assertThat(commit(git.read("refs/heads/main"))).isEqualTo(third);
        assertThat(commit(git.read("v1"))).isEqualTo(first);
        assertThat(names(git.read(second))).containsExactly("V1__a.sql", "V2__b.sql");
        assertThat(commit(git.read(third))).isEqualTo(third);
        String fourth = git.commit("main", TWO);
        assertThat(commit(git.read("main"))).isEqualTo(fourth);
    }

    @Test
    void readsThePinnedCommitOfARunAlthoughItsBranchHasMoved() throws Exception {
        // Given
        String first = git.commit("main", ONE);
        git.read("main");
        git.commit("main", TWO);

        // When
        Scripts again =
                git.planner().read(new ScriptSource.Git(git.url(), "main", null), first, ScriptPermission.UNRESTRICTED);

        // Then: also what the request asked for is said as before
        assertThat(again).isInstanceOfSatisfying(Scripts.Found.class, found -> assertThat(found.origin())
                .isEqualTo(new ScriptOrigin(git.url(), "main", first, null)));
    }

    @Test
    void refusesRevisionsThatDoNotExistOrAreNotClear() throws Exception {
        // Given
        String commit = git.commit("main", ONE);
        git.commit("v1", ONE);
        git.tag("v1", commit);

        // Then
        for (String revision : List.of("nowhere", commit.substring(0, 10), "0".repeat(40), "HEAD", "refs/heads/*")) {
            assertThat(refusal(git.read(revision)).code()).as(revision).isEqualTo("REVISION_UNKNOWN");
        }
        assertThat(refusal(git.read("v1"))).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("REVISION_AMBIGUOUS");
            assertThat(failure.remedy()).contains("refs/heads/v1").contains("refs/tags/v1");
        });
    }

    @Test
    void doesNotReadACommitThatIsOnNoBranch() throws Exception {
        // Given: as on hosts that keep a repository's forks beside it
        String pushed = git.commit("main", ONE);
        String strange = git.commit("main", TWO);
        git.point("refs/heads/main", ObjectId.fromString(pushed));
        git.point("refs/pull/7/head", ObjectId.fromString(strange));

        // Then
        assertThat(refusal(git.read(strange)).code()).isEqualTo("REVISION_UNKNOWN");
        assertThat(refusal(git.read("refs/pull/7/head")).code()).isEqualTo("REVISION_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "db/../..", "/db", "db//x", "./db", "db\\x", "../shop.git"})
    void refusesPathsThatAreNone(String path) throws Exception {
        git.commit("main", ONE);
        assertThat(refusal(git.read("main", path)).code()).isEqualTo("FOLDER_UNUSABLE");
    }

    @Test
    void followsNoLinksAndNoSubmodules() throws Exception {
        // Given
        byte[] outside = "/etc/passwd".getBytes(StandardCharsets.UTF_8);
        git.commitEntries("script", Map.of("V1__a.sql", new Entry(FileMode.SYMLINK, outside)));
        git.commitEntries(
                "folder",
                Map.of(
                        "V1__a.sql", new Entry(FileMode.REGULAR_FILE, new byte[] {'x'}),
                        "more", new Entry(FileMode.SYMLINK, outside),
                        "module", new Entry(FileMode.GITLINK, new byte[0])));

        // Then
        assertThat(refusal(git.read("script")).code()).isEqualTo("LINK_NOT_FOLLOWED");
        assertThat(git.read("folder")).isInstanceOfSatisfying(Scripts.Found.class, found -> {
            assertThat(found.files()).hasSize(1);
            assertThat(found.warnings()).singleElement().asString().contains("'module'", "'more'");
        });
        assertThat(refusal(git.read("folder", "more")).code()).isEqualTo("FOLDER_UNKNOWN");
        assertThat(refusal(git.read("folder", "V1__a.sql")).code()).isEqualTo("FOLDER_UNKNOWN");
    }

    @Test
    void refusesMoreThanTravelsInAnEventAndTakesWhatJustFits() throws Exception {
        // Given
        int most = 5 * 1024 * 1024;
        git.commit("fits", Map.of("V1__a.sql", "x".repeat(most), "huge.txt", "y".repeat(2 * most)));
        git.commit("more", Map.of("V1__a.sql", "x".repeat(most), "V2__b.sql", "x"));

        // Then
        assertThat(names(git.read("fits"))).containsExactly("V1__a.sql");
        assertThat(refusal(git.read("more"))).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("TOO_LARGE");
            assertThat(failure.message()).contains(String.valueOf(most + 1));
        });
    }

    @Test
    void refusesFilesThatAreTooManyOrNoText() throws Exception {
        // Given
        git.set("max-files", "1");
        git.commit("many", TWO);
        git.commitEntries(
                "latin", Map.of("V1__a.sql", new Entry(FileMode.REGULAR_FILE, new byte[] {(byte) 0xe4, 'x'})));

        // Then
        assertThat(refusal(git.read("many")).code()).isEqualTo("TOO_MANY_FILES");
        assertThat(refusal(git.read("latin")).code()).isEqualTo("SCRIPT_NOT_UTF8");
    }

    @Test
    void stopsAFetchThatWouldFillTheDisk() throws Exception {
        // Given
        git.set("git-cache.max-repository-bytes", "100000");
        byte[] noise = new byte[1_000_000];
        new java.util.Random(7).nextBytes(noise);
        git.commitEntries(
                "main",
                Map.of(
                        "V1__a.sql", new Entry(FileMode.REGULAR_FILE, new byte[] {'x'}),
                        "noise.bin", new Entry(FileMode.REGULAR_FILE, noise)));

        // Then
        assertThat(refusal(git.read("main")).code()).isEqualTo("REPOSITORY_TOO_LARGE");
        assertThat(git.cached()).isEmpty();
    }

    @Test
    void keepsWhatItFetchedAndMakesItAnewWhenItIsBroken() throws Exception {
        // Given
        String commit = git.commit("main", ONE);
        git.read("main");
        Path cached = git.cached().getFirst();

        // When: the repository is away, the commit is known
        Path away = Files.move(git.repository, folder.resolve("away"));
        Scripts known = git.read(commit);
        Scripts unknown = git.read("main");
        Files.move(away, git.repository);

        // Then
        assertThat(commit(known)).isEqualTo(commit);
        assertThat(refusal(unknown).code()).isEqualTo("REPOSITORY_UNKNOWN");

        // When
        breakPacks(cached);

        // Then
        assertThat(commit(git.read("main"))).isEqualTo(commit);
    }

    @Test
    void keepsAtMostSoManyRepositories() throws Exception {
        // Given
        git.commit("main", ONE);
        git.set("git-cache.max-repositories", "1");
        git.set("git.all.url-prefix", "file://" + folder + "/");

        // When
        git.read("main");
        Path first = git.cached().getFirst();
        Files.createSymbolicLink(folder.resolve("other.git"), git.repository);
        Scripts other =
                GitFixture.read(git.planner(), new ScriptSource.Git("file://" + folder + "/other.git", "main", null));

        // Then
        assertThat(names(other)).hasSize(1);
        assertThat(git.cached()).hasSize(1).doesNotContain(first);
    }

    @Test
    void contactsOnlyRepositoriesThatAreAllowed() throws Exception {
        // Given: a server that would hear of it
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(50);
            String url = "https://127.0.0.1:%d/shop".formatted(server.getLocalPort());
            var source = new ScriptSource.Git(url, "main", null);

            // When
            Scripts unlisted = git.planner().read(source, null, ScriptPermission.UNRESTRICTED);
            Scripts against = git.planner()
                    .read(source, null, new ScriptPermission(true, List.of("https://127.0.0.1/*", git.url())));

            // Then
            assertThat(refusal(unlisted).code()).isEqualTo("REPOSITORY_NOT_ALLOWED");
            assertThat(refusal(against).code()).isEqualTo("REPOSITORY_NOT_ALLOWED");
            org.assertj.core.api.Assertions.assertThatThrownBy(server::accept)
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void lettingAPolicyListRepositoriesReplacesTheConfiguration() throws Exception {
        // Given
        git.commit("main", ONE);
        var source = new ScriptSource.Git(git.url(), "main", null);

        // Then
        assertThat(names(git.planner()
                        .read(source, null, new ScriptPermission(true, List.of("file://" + folder + "/*")))))
                .hasSize(1);
        assertThat(refusal(git.planner().read(source, null, new ScriptPermission(true, List.of("file:///elsewhere/*"))))
                        .code())
                .isEqualTo("REPOSITORY_NOT_ALLOWED");
    }

    @Test
    void saysThatAHostCannotBeReached() throws Exception {
        // Given
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        git.set("git.down.url-prefix", "https://127.0.0.1:" + port);

        // When
        Scripts scripts = GitFixture.read(
                git.planner(), new ScriptSource.Git("https://127.0.0.1:%d/shop".formatted(port), "main", null));

        // Then
        assertThat(refusal(scripts).code()).isEqualTo("REPOSITORY_UNREACHABLE");
    }

    @Test
    void saysThatThereIsNoRepository() throws Exception {
        git.set("git.all.url-prefix", "file://" + folder + "/");
        Scripts scripts =
                GitFixture.read(git.planner(), new ScriptSource.Git("file://" + folder + "/nothing", "main", null));
        assertThat(refusal(scripts).code()).isEqualTo("REPOSITORY_UNKNOWN");
    }

    @Test
    void readsNothingOfTheUsersOwnGitSettings() throws Exception {
        // When
        git.planner();
        // Then
        SystemReader reader = SystemReader.getInstance();
        for (FileBasedConfig config : List.of(
                (FileBasedConfig) reader.getUserConfig(), (FileBasedConfig) reader.getSystemConfig(), (FileBasedConfig)
                        reader.getJGitConfig())) {
            assertThat(config.getFile()).isNull();
        }
    }

    private static void breakPacks(Path repository) throws IOException {
        try (var files = Files.walk(repository.resolve("objects"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                file.toFile().setWritable(true);
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
    }

    private static String commit(Scripts scripts) {
        assertThat(scripts).isInstanceOf(Scripts.Found.class);
        return ((Scripts.Found) scripts).origin().commit();
    }

    private static List<String> names(Scripts scripts) {
        assertThat(scripts).isInstanceOf(Scripts.Found.class);
        return ((Scripts.Found) scripts).files().stream().map(ScriptFile::name).toList();
    }

    private static Failure refusal(Scripts scripts) {
        assertThat(scripts).isInstanceOf(Scripts.Unusable.class);
        return ((Scripts.Unusable) scripts).failure();
    }
}
