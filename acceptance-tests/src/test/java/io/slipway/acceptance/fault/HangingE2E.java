package io.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slipway.acceptance.stack.Stack;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.localstack.supervise.Service;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An executor that hangs, as in a machine that is paused: it is alive, and does nothing. */
class HangingE2E {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final ScriptFile SCRIPT = new ScriptFile("V2__column.sql", """
            ALTER TABLE item ADD COLUMN price int;
            INSERT INTO item VALUES (1, 1);
            SELECT pg_sleep(1);
            """);

    private final Stack stack = Stack.running();

    @Test
    void itsTransactionAndTheLocksOfItEndWithTheTimeThatTheTargetBearsAndTheRunIsDoneOnceItGoesOn() throws Exception {
        // Given
        var target = stack.impatientTarget();
        var table = new ScriptFile("V1__item.sql", "CREATE TABLE item (id int PRIMARY KEY);");
        stack.events().awaitEnd(stack.requests().migrate(target, table));
        var run = stack.requests().migrate(target, table, SCRIPT);
        var sessions = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE"
                + " 'SELECT pg_sleep(1)%' AND application_name = 'slipway/" + run + "'";
        await("the script is at work")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> target.sql().value(sessions).equals("1"));

        // When
        signal("STOP");
        try {
            await("PostgreSQL has ended the session")
                    .atMost(PATIENCE)
                    .until(() -> target.sql().value(sessions).equals("0"));
            target.sql().execute("SET lock_timeout = '1s'; INSERT INTO item VALUES (2)");
        } finally {
            signal("CONT");
        }

        // Then
        assertThat(stack.events().awaitEnd(run)).isInstanceOf(MigrationApplied.class);
        assertThat(stack.events().ends(run)).hasSize(1);
        assertThat(target.sql().rows("SELECT id, price FROM item ORDER BY id")).containsExactly("1|1", "2|-");
        assertThat(target.sql().rows("SELECT version FROM flyway_schema_history ORDER BY installed_rank"))
                .containsExactly("1", "2");
    }

    private void signal(String name) throws IOException, InterruptedException {
        var pid = Long.toString(stack.service(Service.EXECUTOR).handle().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }
}
