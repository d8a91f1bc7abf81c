package io.slipway.localstack.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.contentOf;
import static org.awaitility.Awaitility.await;

import io.slipway.localstack.Main;
import io.slipway.localstack.machine.Checkout;
import io.slipway.localstack.machine.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {

    @TempDir
    private static Path folder;

    private static Checkout checkout;

    @BeforeAll
    static void makeCheckout() throws IOException {
        checkout = CheckoutFixture.create(Files.createDirectory(folder.resolve("checkout")));
    }

    @Test
    void killedServiceComesBackAtTheSameAddressWhileTheRestGoesOn() throws Exception {
        try (var stack = LocalStack.start(temporary("library"))) {
            // Given
            var executor = stack.service("executor");
            var addresses = stack.addresses();
            var former = executor.handle().pid();

            // When
            executor.kill();
            assertThat(executor.isReady()).isFalse();
            executor.restart();

            // Then
            assertThat(executor.handle().pid()).isNotEqualTo(former);
            assertThat(stack.addresses()).isEqualTo(addresses);
            assertThat(get(addresses.of(Service.EXECUTOR) + "/told"))
                    .isEqualTo(addresses.kafka() + " " + addresses.database());
            assertThat(stack.startAnother(Service.EXECUTOR).isReady()).isTrue();
            assertThatThrownBy(() -> LocalStack.start(temporary("library")))
                    .hasMessageContaining("Another local stack uses");
        }
    }

    @Test
    void failedStartNamesTheServiceShowsItsLogAndLeavesNothingRunning() {
        // Given
        var config = temporary("failing").withSetting("stand-in.fails", "backup");
        var stack = new LocalStack(config, note -> {});

        // When
        assertThatThrownBy(stack::start)

                // Then
                .hasMessageContaining("backup ended with exit code 3")
                .hasMessageContaining("the stand-in backup was told to fail");
        assertThat(stack.services()).isEmpty();
        assertThat(config.data()).doesNotExist();
    }

    @Test
    void commandsFindARunningStackAndSurviveAKilledOne() throws Exception {
        // Given
        var start = command(
                "start", "--no-train", "--kafka-port=0", "--postgres-port=0", "--audit-port=" + FreePorts.next());
        var first = start(start);
        var ready = awaitReadyState(first);

        // When
        var second = outputOf(command("start"));
        first.destroyForcibly().waitFor();
        var revived = start(start);
        awaitReadyState(revived);
        var stopped = outputOf(command("stop"));
        var stoppedAgain = outputOf(command("stop"));

        // Then
        assertThat(second).contains("already running", ready.services().get("planner"), ready.kafka());
        assertThat(ready.processes()).hasSize(7).noneMatch(process -> process.find()
                .isPresent());
        assertThat(stopped).contains("has stopped");
        assertThat(stoppedAgain).contains("is not running");
        assertThat(revived.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(stateFolder().resolve("state.json")).doesNotExist();
        assertThat(stateFolder().resolve("postgresql/cluster/PG_VERSION")).exists();
        assertThat(stateFolder().resolve("postgresql/cluster/postmaster.pid")).doesNotExist();
    }

    private static StackConfig temporary(String name) {
        var base = StackConfig.kept(checkout, folder.resolve(name)).ephemerally();
        var config = base.withKafkaPort(new Port.Any()).withPostgresPort(new Port.Any());
        for (var service : Service.values()) {
            config = config.withPort(service, new Port.Any());
        }
        return config;
    }

    private static Path stateFolder() {
        return folder.resolve("commands");
    }

    private static Process start(List<String> command) throws IOException {
        var log = folder.resolve("start.log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private static List<String> command(String name, String... options) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dslipway.home=" + checkout.root(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                checkout.target().resolve("classes")
                        + File.pathSeparator
                        + checkout.target().resolve("lib").resolve("*"),
                Main.class.getName(),
                name,
                "--data=" + stateFolder()));
        command.addAll(List.of(options));
        return command;
    }

    private static StateFile.State awaitReadyState(Process supervisor) {
        var file = new StateFile(stateFolder());
        return await().conditionEvaluationListener(look -> assertThat(supervisor.isAlive())
                        .as(() -> contentOf(folder.resolve("start.log").toFile()))
                        .isTrue())
                .atMost(Duration.ofSeconds(90))
                .until(file::read, read -> read.filter(state -> state.ready() && state.pid() == supervisor.pid())
                        .isPresent())
                .orElseThrow();
    }

    private static String outputOf(List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static String get(String url) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
