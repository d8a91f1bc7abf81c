package io.slipway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.cli.CommandFixture;
import io.slipway.cli.ServiceFixture;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Revision;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.cloudevents.DecodedEvent;
import io.slipway.contracts.cloudevents.EventCodec;
import io.slipway.contracts.event.MigrationEvent;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.RollbackRequested;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes over the wire to the planner, and what its answers lead to. */
class RequestIT {
    private static final String SUBMIT = "POST /api/v1/requests";
    private static final String CANCEL = "DELETE /api/v1/runs/" + RunFixture.RUN;
    private static final String RUN = "GET /api/v1/runs/" + RunFixture.RUN;

    @TempDir
    private Path directory;

    private final ServiceFixture planner = new ServiceFixture();

    @BeforeEach
    void prepare() throws IOException {
        Path scripts = Files.createDirectories(directory.resolve("db/more"));
        Files.writeString(directory.resolve("db/V1__größe.sql"), "SELECT 'ü';\r\n");
        Files.writeString(scripts.resolve("V2__two.sql"), "SELECT 2;");
        Files.writeString(scripts.resolve("V2__two.sql.conf"), "executeInTransaction=false");
        Files.writeString(directory.resolve("db/notes.txt"), "not a script");
        ObjectNode accepted = RunFixture.run("QUEUED", 0, 1);
        planner.on(SUBMIT, 202, accepted);
    }

    @AfterEach
    void stop() {
        planner.close();
    }

    @Test
    void upHandsTheFolderInAndFollowsTheRunToItsEnd() {
        // Given
        planner.on(RUN, 200, RunFixture.run("PLANNING", 5, 2))
                .on(RUN, 200, RunFixture.judged(RunFixture.run("RELEASED", 30, 3), "ValidationPassed"))
                .on(RUN, 200, RunFixture.ended(RunFixture.run("APPLIED", 100, 4), "MigrationApplied"));

        // When
        CommandFixture ran = up(
                "--dir=db",
                "--target=shop",
                "--to=2",
                "--by=anna",
                "--reason=Release",
                "--change=CHG-1",
                "--placeholder=a=b=c",
                "--schema=shop,audit",
                "--out-of-order",
                "--resume",
                "--baseline-version=1",
                "--idempotency-key=deploy-1");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("PLANNING\n", "RELEASED", "APPLIED\n", "3 migrations applied");
        assertThat(planner.asked().getFirst().headers())
                .containsEntry("idempotency-key", "deploy-1")
                .containsEntry("content-type", "application/json")
                .doesNotContainKey("authorization");
        assertThat(request()).isInstanceOfSatisfying(MigrationRequested.class, request -> {
            assertThat(request.target().name()).isEqualTo("shop");
            assertThat(request.scripts())
                    .isEqualTo(new ScriptSource.Inline(List.of(
                            new ScriptFile("V1__größe.sql", "SELECT 'ü';\r\n"),
                            new ScriptFile("more/V2__two.sql", "SELECT 2;"),
                            new ScriptFile("more/V2__two.sql.conf", "executeInTransaction=false"))));
            assertThat(request.toVersion()).isEqualTo(new MigrationVersion("2"));
            assertThat(request.resume()).isTrue();
            assertThat(request.requestedBy()).isEqualTo("anna");
            assertThat(request.reason()).isEqualTo("Release");
            assertThat(request.changeReference()).isEqualTo("CHG-1");
            assertThat(request.settings().placeholders()).isEqualTo(Map.of("a", "b=c"));
            assertThat(request.settings().schemas()).containsExactly("shop", "audit");
            assertThat(request.settings().outOfOrder()).isTrue();
            assertThat(request.settings().baselineVersion()).isEqualTo(new MigrationVersion("1"));
        });
        assertThat(planner.asked().stream().map(ServiceFixture.Asked::uri).skip(1))
                .containsExactly(
                        "/api/v1/runs/" + RunFixture.RUN,
                        "/api/v1/runs/" + RunFixture.RUN + "?wait=30s&after=2",
                        "/api/v1/runs/" + RunFixture.RUN + "?wait=30s&after=3");
    }

    @Test
    void rollbackNamesTheRevisionAndNeedsNoScripts() {
        // Given
        planner.on(RUN, 200, RunFixture.ended(RunFixture.run("ROLLED_BACK", 100, 4), "RollbackApplied"));

        // When
        CommandFixture ran =
                run(Map.of("SLIPWAY_TOKEN", "secret"), "rollback", "--revision", "-1", "--dry-run", "--resume");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(request()).isInstanceOfSatisfying(RollbackRequested.class, request -> {
            assertThat(request.revision()).isEqualTo(new Revision("-1"));
            assertThat(request.scripts()).isNull();
            assertThat(request.dryRun()).isTrue();
            assertThat(request.resume()).isTrue();
        });
        assertThat(planner.asked())
                .allSatisfy(asked -> assertThat(asked.headers()).containsEntry("authorization", "Bearer secret"));
    }

    @ParameterizedTest
    @CsvSource({"400, 3", "413, 3", "422, 3", "409, 10", "401, 1", "500, 1"})
    void refusalsBecomeExitCodesAndOneJsonDocument(int status, int exitCode) {
        // Given
        try (ServiceFixture refusing = new ServiceFixture()) {
            refusing.on(SUBMIT, status, "{\"title\": \"No\", \"detail\": \"Not so.\", \"remedy\": \"Like this.\"}");

            // When
            CommandFixture ran = CommandFixture.run(
                    directory, Map.of(), "up", "--dir=db", "--json", "--planner=" + refusing.address());

            // Then
            assertThat(ran.exitCode()).isEqualTo(exitCode);
            assertThat(ran.json().at("/error/detail").asText()).isEqualTo("Not so.");
            assertThat(ran.json().at("/error/remedy").asText()).isEqualTo("Like this.");
            assertThat(ran.json().at("/error/exitCode").asInt()).isEqualTo(exitCode);
            assertThat(ran.err()).contains("Not so.", "Like this.");
        }
    }

    @Test
    void cancelSaysWhoAndWhyAndShowsWhereTheRunIs() {
        // Given
        planner.on(CANCEL, 503, "").on(CANCEL, 202, RunFixture.run("CANCELLED", 100, 5));

        // When
        CommandFixture ran = run(Map.of(), "cancel", RunFixture.RUN, "--by=ada & co", "--reason=größer: 100 %");
        CommandFixture json = run(Map.of(), "cancel", RunFixture.RUN, "--reason=again", "--json");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains(RunFixture.RUN, "shop-production", "CANCELLED");
        assertThat(planner.asked().stream().map(ServiceFixture.Asked::uri).limit(2))
                .containsOnly("/api/v1/runs/" + RunFixture.RUN + "?by=ada+%26+co&reason=gr%C3%B6%C3%9Fer%3A+100+%25");
        assertThat(json.json().get("state").asText()).isEqualTo("CANCELLED");
        assertThat(json.json().get("exitCode").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"404, UNKNOWN_RUN, 3", "404, '', 1", "409, NOT_CANCELLABLE, 3", "409, KEY_CONFLICT, 10"})
    void cancelTellsARefusalFromAConflict(int status, String code, int exitCode) {
        // Given
        planner.on(CANCEL, status, "{\"code\": \"%s\", \"detail\": \"Not so.\"}".formatted(code));

        // When
        CommandFixture ran = run(Map.of(), "cancel", RunFixture.RUN, "--reason=wrong target");

        // Then
        assertThat(ran.exitCode()).isEqualTo(exitCode);
        assertThat(ran.err()).contains("Not so.");
    }

    @ParameterizedTest
    @CsvSource({"APPROVAL, 4", "WINDOW, 5", "TURN, 9"})
    void timeoutSaysWhatTheRunWaitsFor(String reason, int exitCode) {
        // Given
        planner.on(RUN, 200, RunFixture.held(RunFixture.run("HELD", 25, 2), reason));

        // When
        CommandFixture ran = up("--dir=db", "--timeout=300ms");

        // Then
        assertThat(ran.exitCode()).isEqualTo(exitCode);
        assertThat(ran.out()).contains("HELD waits for", "The run goes on", "slipway status");
    }

    @ParameterizedTest
    @CsvSource({"HELD, 4", "VALIDATING, 0"})
    void noWaitLooksOnce(String state, int exitCode) {
        // Given
        planner.on(RUN, 200, RunFixture.held(RunFixture.run(state, 25, 2), "APPROVAL"));

        // When
        CommandFixture ran = up("--server-dir=shop", "--no-wait", "--json");

        // Then
        assertThat(ran.exitCode()).isEqualTo(exitCode);
        assertThat(ran.json().get("state").asText()).isEqualTo(state);
        assertThat(ran.json().get("exitCode").asInt()).isEqualTo(exitCode);
        assertThat(planner.asked()).hasSize(2);
        assertThat(((MigrationRequested) request()).scripts()).isEqualTo(new ScriptSource.Directory("shop"));
    }

    @Test
    void waitsForAPlannerThatGoesAwayInBetween() {
        // Given
        int port = planner.port();
        planner.on(RUN, 200, RunFixture.run("RUNNING", 50, 2)).on(RUN, 503, "").on(RUN, 503, "");
        CompletableFuture<CommandFixture> running = CompletableFuture.supplyAsync(() -> up("--dir=db"));
        await().until(() -> planner.asked().size() > 3);

        // When
        planner.close();
        try (ServiceFixture again = new ServiceFixture(port)) {
            again.on(RUN, 200, RunFixture.ended(RunFixture.run("APPLIED", 100, 3), "MigrationApplied"));
            CommandFixture ran = running.join();

            // Then
            assertThat(ran.exitCode()).isZero();
            assertThat(ran.err()).containsOnlyOnce("Trying again.");
        }
    }

    @Test
    void asksAgainWithTheSameKeyWhenTheAnswerToARequestIsLost() {
        // Given
        try (ServiceFixture busy = new ServiceFixture()) {
            busy.on(SUBMIT, 503, "").on(SUBMIT, 200, RunFixture.run("QUEUED", 0, 1));
            busy.on(RUN, 200, RunFixture.ended(RunFixture.run("NOT_NEEDED", 100, 2), "MigrationNotNeeded"));

            // When
            CommandFixture ran =
                    CommandFixture.run(directory, Map.of("SLIPWAY_PLANNER", busy.address() + "/"), "up", "--dir=db");

            // Then
            assertThat(ran.exitCode()).isZero();
            assertThat(busy.asked().stream()
                            .filter(asked -> asked.method().equals("POST"))
                            .map(asked -> asked.headers().get("ce-id"))
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void saysWhichAddressDoesNotAnswerAndHowToStart() {
        // Given
        int port = planner.port();
        planner.close();

        // When
        CommandFixture ran = up("--dir=db");

        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("http://127.0.0.1:" + port, "connection refused", "./slipway start");
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            up                                      | --dir
            up --dir=nowhere                        | nowhere
            up --dir=db --server-dir=db             | --server-dir
            up --dir=db/none                        | db/none
            up --dir=db --target=Shop               | Shop
            up --dir=db --to=latest                 | latest
            up --dir=db --timeout=soon              | soon
            up --dir=db --planner=ftp://here        | ftp://here
            rollback                                | --revision
            rollback --revision=x                   | A revision is -1 to -1000
            cancel --reason=x                       | RUN
            cancel 17 --reason=x                    | 17
            cancel 5f0c1a52-8f0e-4f57-9c55-0d3c3c1f7a11 | --reason
            sideways                                | sideways
            """)
    void wrongUsageNamesWhatIsWrong(String line, String words) {
        // When
        CommandFixture ran = run(Map.of(), line.split(" "));
        CommandFixture json = run(Map.of(), (line + " --json").split(" "));

        // Then
        assertThat(ran.exitCode()).isEqualTo(64);
        assertThat(ran.err()).contains(words);
        assertThat(ran.out()).isEmpty();
        assertThat(json.exitCode()).isEqualTo(64);
        assertThat(json.json().at("/error/exitCode").asInt()).isEqualTo(64);
        assertThat(planner.asked()).isEmpty();
    }

    @Test
    void refusesTextThatIsNotUtf8AndFoldersThatAreTooLarge() throws IOException {
        // Given
        Path latin = Files.createDirectories(directory.resolve("latin"));
        Files.write(latin.resolve("V1__a.sql"), "SELECT 'ü'".getBytes(StandardCharsets.ISO_8859_1));
        Path large = Files.createDirectories(directory.resolve("large"));
        Files.write(large.resolve("V1__a.sql"), new byte[6 * 1024 * 1024]);

        // When
        CommandFixture notUtf8 = up("--dir=latin");
        CommandFixture tooLarge = up("--dir=large");

        // Then
        assertThat(notUtf8.exitCode()).isEqualTo(64);
        assertThat(notUtf8.err()).contains("V1__a.sql", "UTF-8");
        assertThat(tooLarge.exitCode()).isEqualTo(3);
        assertThat(tooLarge.err()).contains("5.0 MiB", "--server-dir");
    }

    @Test
    void findsThePlannerThroughTheLocalStacksState() throws IOException {
        // Given
        Path state = Files.createDirectories(directory.resolve(".slipway"));
        Files.writeString(
                state.resolve("state.json"), "{\"services\": {\"planner\": \"%s\"}}".formatted(planner.address()));
        planner.on(RUN, 200, RunFixture.ended(RunFixture.run("APPLIED", 100, 3), "MigrationApplied"));

        // When
        CommandFixture ran = CommandFixture.run(directory.resolve("db"), Map.of(), "up", "--dir=.");

        // Then
        assertThat(ran.exitCode()).isZero();
    }

    private CommandFixture up(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "up";
        System.arraycopy(options, 0, args, 1, options.length);
        return run(Map.of(), args);
    }

    private CommandFixture run(Map<String, String> variables, String... args) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("SLIPWAY_PLANNER", planner.address());
        return CommandFixture.run(directory, all, args);
    }

    /** The first request as the planner would read it. */
    private MigrationEvent request() {
        ServiceFixture.Asked asked = planner.asked().getFirst();
        Map<String, String> headers = new HashMap<>();
        asked.headers().forEach((name, value) -> headers.put(name.replaceFirst("^ce-", "ce_"), value));
        DecodedEvent decoded = new EventCodec().decode(headers, asked.body().getBytes(StandardCharsets.UTF_8));
        return ((DecodedEvent.Known) decoded).event();
    }
}
