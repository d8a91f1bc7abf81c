package io.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.acceptance.stack.Recorded;
import io.slipway.acceptance.stack.Requests;
import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.event.RunEnded;
import io.slipway.localstack.supervise.Service;
import io.slipway.localstack.supervise.ServiceProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A planner that is killed with {@code kill -9} while many runs stand in its queue. */
class QueueE2E {
    private static final int RUNS_PER_TARGET = 25;

    /** Every fifth request brings something new; the others find nothing to do, as reruns of a pipeline do. */
    private static final int RUNS_PER_VERSION = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @Test
    void plannerKilledInTheMiddleOf200QueuedRunsLosesNoneDoublesNoneAndKeepsTheOrderOfEachTarget() {
        // Given
        var stack = Stack.running();
        var targets = stack.hurriedTargets();
        stack.service(Service.VALIDATOR).kill(); // nothing ends before all are queued
        var asked = new LinkedHashMap<Target, List<RunId>>();
        for (int number = 0; number < RUNS_PER_TARGET; number++) {
            for (var target : targets) {
                asked.computeIfAbsent(target, first -> new ArrayList<>()).add(post(stack, target, number, 202));
            }
        }
        assertThat(targets.size() * RUNS_PER_TARGET).isEqualTo(200);
        stack.service(Service.VALIDATOR).start();

        // When
        killWhenEnded(stack, targets, 20);
        killWhenEnded(stack, targets, 100);
        stack.services().services().forEach(ServiceProcess::awaitReady);
        for (var target : targets) {
            var last = post(stack, target, RUNS_PER_TARGET - 1, 200);
            assertThat(last).isEqualTo(asked.get(target).getLast());
        }

        // Then
        await("the ends of all runs")
                .atMost(PATIENCE)
                .until(() -> ends(stack, targets).size() >= 200);
        assertThat(asked).allSatisfy((target, runs) -> {
            assertThat(ends(stack, List.of(target))).extracting(RunEnded::runId).isEqualTo(runs);
            assertThat(target.sql()
                            .rows("select version from flyway_schema_history where success order by installed_rank"))
                    .containsExactly("1", "2", "3", "4", "5");
            var known = stack.api(Service.PLANNER)
                    .get("/api/v1/runs?limit=500&target=" + target.name())
                    .json();
            assertThat(known)
                    .hasSize(RUNS_PER_TARGET)
                    .allSatisfy(run -> assertThat(run.path("percent").asInt()).isEqualTo(100));
        });
    }

    private static void killWhenEnded(Stack stack, List<Target> targets, int ended) {
        await(ended + " runs have ended")
                .atMost(PATIENCE)
                .until(() -> ends(stack, targets).size() >= ended);
        assertThat(ends(stack, targets)).hasSizeLessThan(200);
        stack.service(Service.PLANNER).kill();
        stack.service(Service.PLANNER).start();
    }

    /** In the order of each target; a repeat on the wire counts once. */
    private static List<RunEnded> ends(Stack stack, List<Target> targets) {
        var ids = targets.stream().map(Target::id).toList();
        var once = new LinkedHashMap<String, RunEnded>();
        for (Recorded record : stack.events().all(record -> record.event() instanceof RunEnded)) {
            var end = (RunEnded) record.known();
            if (ids.contains(end.target())) {
                once.putIfAbsent(record.identity(), end);
            }
        }
        return List.copyOf(once.values());
    }

    private static RunId post(Stack stack, Target target, int number, int status) {
        var scripts = IntStream.rangeClosed(1, 1 + number / RUNS_PER_VERSION)
                .mapToObj(version -> new ScriptFile(
                        "V%d__table.sql".formatted(version),
                        "CREATE TABLE table_%d (id int PRIMARY KEY);".formatted(version)))
                .toList();
        var request = Requests.migration(target.id(), new ScriptSource.Inline(scripts), FlywaySettings.DEFAULTS);
        var key = "queue-%s-%d".formatted(target.name(), number);
        var answer = stack.api(Service.PLANNER)
                .post(
                        "/api/v1/requests",
                        Map.of("ce-type", "MigrationRequested", "ce-source", Requests.SOURCE, "Idempotency-Key", key),
                        EventJson.mapper().valueToTree(request).toString().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return RunId.ofRequest(Requests.SOURCE, key);
    }
}
