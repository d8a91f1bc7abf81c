package io.slipway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.cli.ExitCode;
import io.slipway.cli.output.Json;
import io.slipway.cli.output.Style;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDisplayTest {
    private static final Accepted ACCEPTED = new Accepted(RunFixture.RUN, "deploy-4711", "shop-production", "QUEUED");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void pipeGetsOneLineForEachStateAndTheSummary() {
        // Given
        RunDisplay display = plain();

        // When
        applied(display);

        // Then
        assertThat(text(out)).isEqualTo("""
                run 5f0c1a52-8f0e-4f57-9c55-0d3c3c1f7a11 of shop-production, request deploy-4711
                QUEUED
                VALIDATING 3 scripts from version 4.0
                RELEASED 0 errors, 0 warnings; risk MEDIUM, way back GREEN
                BACKED_UP
                RUNNING V4.1__add_loyalty_points.sql (1 of 3), 0 statements
                APPLIED
                Version  Description           Rows  Tables  Duration
                4.1      add loyalty points    0     -       14 ms
                4.2      index loyalty points  ?     -       2.3 s
                R        active customer       0     -       9 ms
                INFO    R__active_customer.sql [repeatable-without-undo]
                        A repeatable script has no undo; the former text is in the history.
                Backup: file:///var/lib/slipway/backups/shop-production/2026-03-14T22-15-03Z.dump, 46.0 MiB, read back with 214 entries, 3.9 s
                3 migrations applied to shop-production in 2.3 s.
                """);
        assertThat(text(err)).isEmpty();
    }

    @Test
    void terminalRedrawsOneLineThatNeverWraps() {
        // Given
        RunDisplay display = new TerminalDisplay(stream(out), new Style(true));

        // When
        applied(display);

        // Then
        String[] shown = text(out).split("\n")[1].split("\r\u001b\\[2K");
        assertThat(shown).filteredOn(line -> line.startsWith("[")).isNotEmpty().allSatisfy(line -> assertThat(
                        line.length())
                .isLessThan(80));
        assertThat(text(out))
                .contains("[##########----------]  50 %")
                .contains("\u001b[32m3 migrations applied to shop-production in 2.3 s.\u001b[0m");
    }

    @Test
    void jsonIsOneDocumentAndNothingElse() throws IOException {
        // Given
        RunDisplay display = new JsonDisplay(stream(out), stream(err));

        // When
        applied(display);

        // Then
        JsonNode document = Json.mapper().readTree(text(out));
        assertThat(document.get("runId").asText()).isEqualTo(RunFixture.RUN);
        assertThat(document.at("/end/type").asText()).isEqualTo("MigrationApplied");
        assertThat(document.at("/end/migrations").size()).isEqualTo(3);
        assertThat(document.get("exitCode").asInt()).isZero();
        assertThat(text(err)).isEmpty();
    }

    @Test
    void findingsNameThePlaceTheLockAndTheSafeForm() {
        // Given
        ObjectNode run = RunFixture.judged(RunFixture.run("CANCELLED", 100, 5), "ValidationFailed");
        RunView view = RunView.of(RunFixture.ended(run, "RunCancelled"));

        // When
        plain().ended(view, ExitCode.VALIDATION_FAILED);

        // Then
        assertThat(text(out)).isEqualTo("""
                ERROR   V4.2__index_loyalty_points.sql:1:1 [create-index-not-concurrently]
                        CREATE INDEX blocks every write to shop.customer until it is built.
                        lock: SHARE on shop.customer: blocks INSERT, UPDATE, DELETE
                        safe: CREATE INDEX CONCURRENTLY customer_loyalty_points ON shop.customer (loyalty_points);
                Cancelled, nothing was changed (VALIDATION_FAILED): The validator refuses the plan: 1 error.
                  at V4.2__index_loyalty_points.sql:1
                  Change the script as the findings say and request it again.
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://validator.example/api/v1/runs/1/verdict | All findings: https://validator.example/api/v1/runs/1/verdict
            /api/v1/runs/1/verdict                          | All findings: GET /api/v1/runs/1/verdict of the validator
            """)
    void verdictThatHasNotAllFindingsSaysWhereTheyAre(String link, String line) {
        // Given
        ObjectNode run = RunFixture.judged(RunFixture.run("CANCELLED", 100, 5), "ValidationFailed");
        ((ObjectNode) run.get("verdict")).put("link", link);
        RunView view = RunView.of(RunFixture.ended(run, "RunCancelled"));

        // When
        plain().ended(view, ExitCode.VALIDATION_FAILED);

        // Then
        assertThat(text(out).lines().toList())
                .containsSubsequence(
                        "        safe: CREATE INDEX CONCURRENTLY customer_loyalty_points ON shop.customer (loyalty_points);",
                        line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MigrationFailed             | Migration failed: V4.1__add_loyalty_points.sql waited 5 s
            MigrationFailed             | (SQLSTATE 55P03)
            MigrationFailed             | Everything was rolled back
            MigrationFailed.interrupted | look at its effects
            RollbackApplied             | 2 migrations rolled back in 61 ms: shop-production is at version 4.0.
            RollbackApplied.to-nothing  | shop-production is at an empty history.
            RollbackFailed              | What is listed above stays done
            MigrationNotNeeded          | Nothing to do: shop-production is at version 4.2.
            DryRunCompleted             | R__active_customer.sql
            DryRunCompleted.sql         | SELECT 1;
            DryRunCompleted             | Dry run: 3 scripts would run, validation would pass
            RestoreCompleted            | shop-production restored in 41.5 s.
            RestoreFailed               | Restore failed: The file has another checksum
            RunCancelled.requested      | anna gave the run up: The release is postponed
            """)
    void everyEndIsSaidInWords(String sample, String words) {
        // Given
        ObjectNode run = RunFixture.planned(RunFixture.run("ENDED", 100, 9));
        RunView view = RunView.of(RunFixture.ended(run, sample));

        // When
        plain().ended(view, ExitCode.OK);

        // Then
        assertThat(text(out)).contains(words);
    }

    @Test
    void whereScriptsComeFromAndWhatWasPassedOverIsSaid() {
        // Given
        ObjectNode run = RunFixture.planned(RunFixture.run("ENDED", 100, 9));
        ObjectNode plan = (ObjectNode) run.get("plan");
        plan.putObject("origin")
                .put("repository", "https://git.example.org/shop")
                .put("revision", "main")
                .put("commit", "c0ffee")
                .put("path", "db");
        plan.put("estimate", "PT2.4S").putArray("warnings").add("'flyway.toml' has \u001b settings");

        // When
        plain().ended(RunView.of(RunFixture.ended(run, "MigrationApplied")), ExitCode.OK);

        // Then
        assertThat(text(out))
                .contains("Scripts: https://git.example.org/shop at main, commit c0ffee, folder db")
                .contains("Estimate: 2.4 s")
                .contains("Warning: 'flyway.toml' has ? settings");
    }

    @Test
    void scriptsThatNobodyWroteAreMarkedWithWhatTheyLose() {
        // Given
        ObjectNode run = RunFixture.planned(RunFixture.run("ENDED", 100, 9));
        ObjectNode script = (ObjectNode) run.at("/plan/scripts/0");
        script.put("name", "derived/U4.1__points.sql")
                .putObject("derived")
                .put("script", "V4.1__points.sql")
                .putArray("losses")
                .add("Lost with it: what is in customer.points by then.");

        // When
        plain().ended(RunView.of(RunFixture.ended(run, "RollbackApplied")), ExitCode.OK);

        // Then
        assertThat(text(out))
                .contains("Nobody wrote derived/U4.1__points.sql: it was derived from V4.1__points.sql")
                .contains("  Lost with it: what is in customer.points by then.");
    }

    @Test
    void stoppedWaitingSaysThatTheRunGoesOnAndHowToLook() {
        // Given
        RunView view = RunView.of(RunFixture.run("RUNNING", 50, 6));

        // When
        plain().stopped(
                        new Stopped(ACCEPTED, Optional.of(view), "Stopped waiting after 1.0 s."),
                        ExitCode.STOPPED_WAITING);

        // Then
        assertThat(text(out)).isEqualTo("""
                Stopped waiting after 1.0 s. Run %s is RUNNING. The run goes on. \
                Look with: slipway status --target shop-production
                """.formatted(RunFixture.RUN));
    }

    @Test
    void textOfTheServerDoesNotSteerTheTerminal() {
        // Given
        ObjectNode run = RunFixture.ended(RunFixture.run("FAILED", 100, 9), "MigrationFailed");
        ((ObjectNode) run.at("/end/failure")).put("message", "evil \u001b]0;title\u0007 text");

        // When
        plain().ended(RunView.of(run), ExitCode.FAILED_UNCHANGED);

        // Then
        assertThat(text(out)).contains("evil ?]0;title? text").doesNotContain("\u001b");
    }

    @Test
    void saysWhoHoldsTheLockThatARunWaitsFor() {
        // Given
        ObjectNode running = RunFixture.run("RUNNING", 50, 5);
        running.set("progress", RunFixture.body("MigrationProgressed.waiting"));

        // When
        String line = StateLine.detail(view(running));

        // Then
        assertThat(line)
                .isEqualTo("V4.2__index_loyalty_points.sql (2 of 3),"
                        + " waits for a lock held by pid 4711 (checkout) and 1 more for 9 s");
    }

    @Test
    void saysWhatPostgresqlIsDoingInsideALongStatement() {
        // Given
        ObjectNode running = RunFixture.run("RUNNING", 50, 5);
        running.set("progress", RunFixture.body("MigrationProgressed.building"));

        // When
        String line = StateLine.detail(view(running));

        // Then
        assertThat(line)
                .isEqualTo("V4.2__index_loyalty_points.sql (2 of 3), 0 of 2 statements,"
                        + " CREATE INDEX CONCURRENTLY: building index 42 %");
    }

    @Test
    void saysHowFarTheBatchesOfAScriptAreAndWhyTheyPause() {
        // Given
        ObjectNode running = RunFixture.run("RUNNING", 50, 5);
        running.set("progress", RunFixture.body("MigrationProgressed.batch"));

        // When
        String line = StateLine.detail(view(running));

        // Then
        assertThat(line)
                .isEqualTo("V4.3__fill_loyalty_points.sql (3 of 3), 84 batches, 401337 rows,"
                        + " pausing: replica 'shop-replica' is 14 s behind 42 %");
    }

    @Test
    void saysWhichMigrationWaitedForItsLocksAndWhatTheServerHadToSay() {
        // Given
        RunView end = view(RunFixture.ended(RunFixture.run("APPLIED", 100, 7), "MigrationApplied.measured"));

        // When
        List<String> lines = new Summary(new Style(false)).lines(end);

        // Then
        assertThat(lines)
                .contains(
                        "V4.1__add_loyalty_points.sql waited 1.9 s for its locks, 3 attempts.",
                        "V4.1__add_loyalty_points.sql: column \"points\" of relation \"customer\" already exists, skipping")
                .noneMatch(line -> line.startsWith("V4.2__index_loyalty_points.sql waited"));
    }

    private static void applied(RunDisplay display) {
        display.accepted(ACCEPTED);
        display.changed(view(RunFixture.run("QUEUED", 0, 1)));
        display.changed(view(RunFixture.planned(RunFixture.run("VALIDATING", 15, 2))));
        display.changed(view(RunFixture.judged(RunFixture.run("RELEASED", 30, 3), "ValidationPassed")));
        display.changed(view(RunFixture.planned(RunFixture.run("BACKED_UP", 45, 4))));
        ObjectNode running = RunFixture.planned(RunFixture.run("RUNNING", 50, 5));
        running.putObject("progress")
                .put("script", "V4.1__add_loyalty_points.sql")
                .put("scriptIndex", 1)
                .put("scripts", 3)
                .put("statementsDone", 0);
        display.changed(view(running));
        running.put("revision", 6);
        display.changed(view(running));
        ObjectNode applied = RunFixture.judged(RunFixture.run("APPLIED", 100, 7), "ValidationPassed");
        applied.set("backup", RunFixture.body("BackupCompleted").get("backup"));
        RunView end = view(RunFixture.ended(applied, "MigrationApplied"));
        display.changed(end);
        display.ended(end, ExitCode.OK);
    }

    private RunDisplay plain() {
        return new PlainDisplay(stream(out), stream(err), new Summary(new Style(false)));
    }

    private static RunView view(ObjectNode run) {
        return RunView.of(run.deepCopy());
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
