package io.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.acceptance.stack.PostgresPrograms;
import io.slipway.acceptance.stack.Recorded;
import io.slipway.acceptance.stack.Requests;
import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.Topics;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.localstack.supervise.Service;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Runs that something is killed during, and what must hold for each of them all the same. */
record DisturbedRunFixture(Stack stack, Target undisturbed) {
    /** Restarts and their retries on a machine that does much else; an idle one needs a tenth of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final List<String> FACTS = List.of(
            "MigrationPlanned",
            "ValidationPassed",
            "RunReleased",
            "BackupCompleted",
            "MigrationStarted",
            "MigrationApplied");

    /** Every script leaves a mark that would be there twice if it ran twice. */
    private static final List<ScriptFile> SCRIPTS = List.of(
            new ScriptFile("V1__marks.sql", """
                    CREATE TABLE mark (script text NOT NULL);
                    INSERT INTO mark VALUES ('V1');
                    """),
            new ScriptFile("V2__slow.sql", """
                    CREATE TABLE made_before_the_nap (id bigserial PRIMARY KEY, note text);
                    INSERT INTO mark VALUES ('V2');
                    SELECT pg_sleep(${nap});
                    """),
            new ScriptFile("V3__more.sql", """
                    CREATE TABLE made_after_the_nap (id int PRIMARY KEY, of bigint REFERENCES made_before_the_nap);
                    INSERT INTO mark VALUES ('V3');
                    """),
            new ScriptFile("R__view.sql", """
                    CREATE OR REPLACE VIEW marks AS SELECT script, count(*) FROM mark GROUP BY script;
                    INSERT INTO mark VALUES ('R');
                    """));

    /** Takes an undisturbed run as the model. */
    static DisturbedRunFixture start(Stack stack) {
        var fixture = new DisturbedRunFixture(stack, stack.newTarget());
        var run = stack.requests().publish(fixture.request(fixture.undisturbed, "0"));
        assertThat(stack.events().awaitEnd(run, PATIENCE)).isInstanceOf(MigrationApplied.class);
        return fixture;
    }

    /** @param nap seconds that the second script takes */
    MigrationRequested request(Target target, String nap) {
        var settings = new FlywaySettings(Map.of("nap", nap), List.of(), false, null);
        return Requests.migration(target.id(), new ScriptSource.Inline(SCRIPTS), settings);
    }

    /** The same over HTTP. */
    RunId post(Target target, String nap) {
        var id = UUID.randomUUID().toString();
        var source = "/deploy/http";
        var answer = stack.api(Service.PLANNER)
                .post(
                        "/api/v1/requests",
                        Map.of("ce-type", "MigrationRequested", "ce-source", source, "Idempotency-Key", id),
                        EventJson.mapper()
                                .valueToTree(request(target, nap))
                                .toString()
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return RunId.ofRequest(source, id);
    }

    /** Waits until the second script is at work. */
    void awaitNap(Target target) {
        await("the nap in " + target.name())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> target.sql().value("""
                                select exists (select from pg_stat_activity where datname = current_database()
                                  and state = 'active' and query like '%pg_sleep%' and pid <> pg_backend_pid())""").equals("t"));
    }

    /** One end, each migration once, each fact once by source and id, and a history that tells all of it. */
    void wentAsIfUndisturbed(Target target, RunId run) {
        var end = stack.events().awaitEnd(run, PATIENCE);
        assertThat(end).as("the end of run %s", run).isInstanceOf(MigrationApplied.class);
        assertThat(target.sql().rows("select script from mark order by script")).containsExactly("R", "V1", "V2", "V3");
        assertThat(target.sql().history()).isEqualTo(undisturbed.sql().history());
        assertThat(target.sql()
                        .rows("select script, phase from slipway_ledger where run_id = '%s' order by script"
                                .formatted(run)))
                .containsExactly("R__view.sql|DONE", "V1__marks.sql|DONE", "V2__slow.sql|DONE", "V3__more.sql|DONE");
        assertThat(PostgresPrograms.schemaOf(target.database()))
                .isEqualTo(PostgresPrograms.schemaOf(undisturbed.database()));
        everyoneKnowsTheEnd(run);
        assertThat(stack.events().names(run)).containsExactlyElementsOf(FACTS);
        assertThat(stack.events().ends(run)).hasSize(1);
        assertThat(stack.events().all(record -> record.topic().contains("dead-letters")))
                .extracting(Recorded::key)
                .doesNotContain(target.name());
    }

    private void everyoneKnowsTheEnd(RunId run) {
        await("the audit knows every fact of run " + run)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    var published = stack.events().facts(run).stream()
                            .map(record -> record.header("ce_id"))
                            .toList();
                    var stored = stack.api(Service.AUDIT)
                            .get("/api/v1/events?limit=500&run=" + run)
                            .json()
                            .path("events");
                    assertThat(StreamSupport.stream(stored.spliterator(), false)
                                    .filter(event ->
                                            event.path("topic").asText().equals(Topics.EVENTS)) // not the request
                                    .map(event -> event.path("id").asText()))
                            .containsExactlyInAnyOrderElementsOf(published);
                    assertThat(stack.api(Service.AUDIT)
                                    .get("/api/v1/runs/" + run)
                                    .json()
                                    .at("/run/outcome")
                                    .asText())
                            .isEqualTo("APPLIED");
                });
        await("the planner knows the end of run " + run)
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(stack.api(Service.PLANNER)
                                .get("/api/v1/runs/" + run)
                                .json()
                                .path("state")
                                .asText())
                        .isEqualTo("APPLIED"));
    }
}
