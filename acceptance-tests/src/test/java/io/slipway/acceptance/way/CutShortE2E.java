package io.slipway.acceptance.way;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.localstack.supervise.Service;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Runs that someone gives up at once, whose statement at work would go on for minutes. */
class CutShortE2E {
    private static final ScriptFile ITEM = new ScriptFile("V1__item.sql", "CREATE TABLE item (id int PRIMARY KEY);");

    /** The nap is taken on the target, not in the rehearsal. */
    private static final ScriptFile NAP = new ScriptFile("V2__nap.sql", """
            CREATE TABLE more (id int PRIMARY KEY);
            SELECT pg_sleep(300) WHERE current_database() LIKE 'shop%';
            """);

    private static final String NAPPING = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
            + " AND datname = current_database() AND query LIKE 'SELECT pg_sleep(300)%'";

    private final Stack stack = Stack.running();
    private final Target target = stack.newTarget();

    @Test
    void commandLineCutsTheStatementAtWorkAndItsScriptLeavesNothing() {
        // Given
        var run = stack.requests().migrate(target, ITEM, NAP);
        awaitTheNap();

        // When
        var cancelled = stack.cli().run("cancel", run.toString(), "--now", "--by", "ada", "--reason", "Shop is slow");

        // Then
        assertThat(cancelled.exitCode()).as(cancelled.err()).isZero();
        var ended = (MigrationFailed) stack.events().awaitEnd(run);
        assertThat(ended.failure().code()).isEqualTo("STOPPED");
        assertThat(ended.failure().message()).startsWith("'ada' asked").contains("Shop is slow");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.PARTLY_APPLIED);
        assertThat(ended.applied()).extracting(AppliedMigration::script).containsExactly(ITEM.name());
        assertThat(target.sql().value(NAPPING)).isEqualTo("0");
        assertThat(target.sql().value("SELECT to_regclass('more')")).isEqualTo("-");
        assertThat(target.sql().rows("SELECT version, success FROM flyway_schema_history"))
                .containsExactly("1|t");
        plannerSays(run, StateLeft.PARTLY_APPLIED);
    }

    @Test
    void deleteOverHttpCutsAScriptWithoutATransactionAndSaysWhereItStands() {
        // Given
        var conf = new ScriptFile("V2__nap.sql.conf", "executeInTransaction=false");
        var run = stack.requests().migrate(target, ITEM, NAP, conf);
        awaitTheNap();

        // When
        var cancelled =
                stack.api(Service.PLANNER).delete("/api/v1/runs/%s?by=ada&reason=Shop+is+slow&now=true".formatted(run));

        // Then
        assertThat(cancelled.status()).as(cancelled.body()).isEqualTo(202);
        var ended = (MigrationFailed) stack.events().awaitEnd(run);
        assertThat(ended.failure().code()).isEqualTo("STOPPED");
        assertThat(ended.failure().remedy()).contains("'resume'");
        assertThat(ended.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
        assertThat(target.sql().value(NAPPING)).isEqualTo("0");
        assertThat(target.sql().value("SELECT to_regclass('more')")).isEqualTo("more");
        assertThat(target.sql().rows("SELECT statement, state FROM slipway_ledger_statement ORDER BY statement"))
                .containsExactly("1|DONE", "2|FAILED");
        plannerSays(run, StateLeft.INTERRUPTED);
    }

    private void awaitTheNap() {
        await("the nap in " + target.name())
                .atMost(Duration.ofSeconds(60))
                .until(() -> target.sql().value(NAPPING).equals("1"));
    }

    private void plannerSays(RunId run, StateLeft left) {
        var told = await("the planner knows the end")
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> stack.api(Service.PLANNER)
                                .get("/api/v1/runs/" + run)
                                .json(),
                        answer -> answer.path("state").asText().equals("FAILED"));
        assertThat(told.at("/end/failure/code").asText()).isEqualTo("STOPPED");
        assertThat(told.at("/end/stateLeft").asText()).isEqualTo(left.name());
    }
}
