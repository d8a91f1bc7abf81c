package io.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.acceptance.stack.Sql;
import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.localstack.supervise.Service;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two executors that share the work. */
class ExecutorsE2E {
    /** The default of slipway.executor.runs-per-server. */
    private static final int SLOTS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Is at work until the test opens the gate, except where it is rehearsed. */
    private static final ScriptFile SCRIPT = new ScriptFile("V1__mark.sql", """
            CREATE TABLE mark (script text);
            INSERT INTO mark VALUES ('V1');
            DO $$ BEGIN
                WHILE current_database() LIKE 'shop%' AND NOT EXISTS (SELECT FROM gate.opened) LOOP
                    PERFORM pg_sleep(0.05);
                END LOOP;
            END $$;
            """);

    private static final String AT_WORK =
            "select count(*) from pg_stat_activity where state = 'active' and query like 'DO $$%gate.opened%'";

    @Test
    void oneThatIsKilledHandsItsRunsAndTheirSlotsToTheOther() {
        // Given
        var stack = Stack.running();
        var server = new Sql(stack.targetServer().database("postgres"));
        var runs = new LinkedHashMap<Target, RunId>();
        var other = stack.services().startAnother(Service.EXECUTOR);
        try {
            Stream.generate(stack::newTarget).limit(SLOTS + 1).forEach(target -> {
                target.sql().execute("CREATE SCHEMA gate CREATE TABLE opened ()");
                runs.put(target, stack.requests().migrate(target, SCRIPT));
            });
            await("one run waits for a slot, the others are at work")
                    .atMost(PATIENCE)
                    .until(() ->
                            waiting(stack).equals("1") && server.value(AT_WORK).equals("" + SLOTS));

            // When
            stack.service(Service.EXECUTOR).kill();
            runs.keySet().forEach(target -> target.sql().execute("INSERT INTO gate.opened DEFAULT VALUES"));

            // Then
            assertThat(runs).allSatisfy((target, run) -> {
                assertThat(stack.events().awaitEnd(run, PATIENCE)).isInstanceOf(MigrationApplied.class);
                assertThat(stack.events().ends(run)).hasSize(1);
                assertThat(target.sql().rows("select script from mark")).containsExactly("V1");
            });
            await("no slot is left taken").until(() -> slots(stack).equals("0"));
        } finally {
            stack.service(Service.EXECUTOR).restart();
            other.stop();
        }
    }

    private static String waiting(Stack stack) {
        return controlPlane(stack).value("select count(*) from executor.execution_slot where taken_at is null");
    }

    private static String slots(Stack stack) {
        return controlPlane(stack).value("select count(*) from executor.execution_slot");
    }

    private static Sql controlPlane(Stack stack) {
        return new Sql(stack.services().postgres().database("slipway"));
    }
}
