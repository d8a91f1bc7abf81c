package io.slipway.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CompressionsTest {
    private static final DumpTool V15 = tool(15);
    private static final DumpTool V17 = tool(17);

    private final Compressions compressions = new Compressions();

    @Test
    void takesLightGzipBefore16() {
        assertThat(compressions.choose(V15, "auto")).isEqualTo("1");
    }

    @Test
    void triesTheFastMethodsInTurnAndRemembersWhatWasRefused() {
        // Given
        assertThat(compressions.choose(V17, "auto")).isEqualTo("zstd:1");

        // When
        boolean anotherAfterZstd = compressions.refuse(V17, "zstd:1", "auto");
        boolean anotherAfterLz4 = compressions.refuse(V17, "lz4", "auto");

        // Then
        assertThat(anotherAfterZstd).isTrue();
        assertThat(anotherAfterLz4).isTrue();
        assertThat(compressions.choose(V17, "auto")).isEqualTo("1");
        assertThat(compressions.refuse(V17, "1", "auto")).isFalse();
    }

    @Test
    void neverReplacesWhatIsConfigured() {
        assertThat(compressions.choose(V17, "lz4:9")).isEqualTo("lz4:9");
        assertThat(compressions.refuse(V17, "lz4:9", "lz4:9")).isFalse();
    }

    private static DumpTool tool(int major) {
        return new DumpTool(Path.of("pg_dump"), Path.of("pg_restore"), "pg_dump (PostgreSQL) " + major, major);
    }
}
