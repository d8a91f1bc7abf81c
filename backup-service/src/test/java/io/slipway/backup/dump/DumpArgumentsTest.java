package io.slipway.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DumpArgumentsTest {

    @Test
    void saysEverythingButWhereTheServerIs() {
        // Given
        var arguments = new DumpArguments(
                Path.of("/opt/pg/bin/pg_dump"),
                Path.of("/data/shop/x.dump.part"),
                "zstd:1",
                Duration.ofSeconds(30),
                List.of("audit.*", "log"));

        // When
        List<String> line = arguments.commandLine();

        // Then
        assertThat(line)
                .containsExactly(
                        "/opt/pg/bin/pg_dump",
                        "--format=custom",
                        "--file=/data/shop/x.dump.part",
                        "--no-password",
                        "--no-sync",
                        "--lock-wait-timeout=30000",
                        "--compress=zstd:1",
                        "--exclude-table-data=audit.*",
                        "--exclude-table-data=log");
    }

    @Test
    void neverWaitsForALockWithoutEnd() {
        // Given: to pg_dump, 0 means no limit
        var arguments = new DumpArguments(Path.of("pg_dump"), Path.of("f"), null, Duration.ZERO, List.of());

        // When
        List<String> line = arguments.commandLine();

        // Then
        assertThat(line).contains("--lock-wait-timeout=1").noneMatch(argument -> argument.startsWith("--compress"));
    }
}
