package io.slipway.planner.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCacheTest {
    @TempDir
    Path folder;

    private GitFixture git;
    private GitCache cache;
    private RepositoryUrl url;

    @BeforeEach
    void open() throws Exception {
        git = new GitFixture(folder);
        cache = new GitCache(git.config().gitCache());
        url = RepositoryUrl.parse(git.url());
    }

    @AfterEach
    void close() {
        git.close();
    }

    @Test
    void keepsNothingOfARepositoryThatIsTooLargeEvenIfLittleWasLeftOfIt() throws Exception {
        // When
        assertThatThrownBy(() -> cache.use(url, _ -> {
                    throw GitRefusal.tooLarge(url, 1);
                }))
                .isInstanceOf(Unreadable.class);

        // Then
        assertThat(git.cached()).isEmpty();
    }

    @Test
    void keepsARepositoryWhoseHostIsAway() throws Exception {
        // Given
        cache.use(url, _ -> "fetched");

        // When
        assertThatThrownBy(() -> cache.use(url, _ -> {
                    throw new Unreadable(GitRefusal.UNREACHABLE, "away", "wait");
                }))
                .isInstanceOf(Unreadable.class);

        // Then
        assertThat(git.cached()).hasSize(1);
    }
}
