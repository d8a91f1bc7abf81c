package io.slipway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.cli.Main;
import io.slipway.cli.ServiceFixture;
import io.slipway.cli.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionIT {
    @TempDir
    private Path directory;

    /** The signal of {@code kill}; Ctrl-C takes the same way through the virtual machine. */
    @Test
    void stoppedFromOutsideItSaysThatTheRunGoesOn() throws IOException, InterruptedException {
        try (ServiceFixture planner = new ServiceFixture()) {
            // Given
            planner.on("POST /api/v1/requests", 202, RunFixture.run("QUEUED", 0, 1))
                    .on("GET /api/v1/runs/" + RunFixture.RUN, 503, "");
            Process command = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "up",
                            "--server-dir=shop",
                            "--json",
                            "--planner=" + planner.address())
                    .directory(directory.toFile())
                    .start();
            await().atMost(Duration.ofSeconds(30)).until(() -> planner.asked().size() >= 2);

            // When
            command.toHandle().destroy();

            // Then
            assertThat(command.waitFor(20, TimeUnit.SECONDS)).isTrue();
            String out = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(command.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(command.exitValue()).isEqualTo(9);
            assertThat(Json.mapper().readTree(out).get("runId").asText()).isEqualTo(RunFixture.RUN);
            assertThat(err).contains("The run goes on");
        }
    }
}
