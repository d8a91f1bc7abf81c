package io.slipway.acceptance.way;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.acceptance.stack.Requests;
import io.slipway.acceptance.stack.Stack;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.ValidationPassed;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResumeE2E {
    private static final ScriptFile TABLE = new ScriptFile("V1__customers.sql", """
            CREATE TABLE customer (id bigint PRIMARY KEY, card text);
            INSERT INTO customer VALUES (1, 'same'), (2, 'same');
            """);
    private static final ScriptFile INDEXES = new ScriptFile("V2__cards.sql", """
            CREATE TABLE IF NOT EXISTS card_log (at timestamptz);
            INSERT INTO card_log VALUES (now());
            CREATE UNIQUE INDEX CONCURRENTLY customer_card ON customer (card);
            """);
    private static final ScriptFile UNIQUE = new ScriptFile("V1__customers.sql", """
            CREATE TABLE customer (id bigint PRIMARY KEY, card text);
            CREATE UNIQUE INDEX customer_card ON customer (card);
            CREATE TABLE card_log (at timestamptz);
            INSERT INTO customer VALUES (1, 'one'), (2, 'two');
            """);
    private static final ScriptFile SHARED = new ScriptFile("V2__shared_cards.sql", "DROP INDEX customer_card;");
    private static final ScriptFile UNSHARED = new ScriptFile("U2__shared_cards.sql", """
            INSERT INTO card_log VALUES (now());
            CREATE UNIQUE INDEX CONCURRENTLY customer_card ON customer (card);
            """);
    private static final ScriptFile UNSHARED_CONF =
            new ScriptFile("U2__shared_cards.sql.conf", "executeInTransaction=false");
    private static final ScriptFile CONF = new ScriptFile("V2__cards.sql.conf", "executeInTransaction=false");

    @Test
    void scriptThatFailedHalfWayIsValidatedAndRunFromTheStatementThatFailed() {
        // Given
        var stack = Stack.running();
        var target = stack.newTarget();
        var failed = stack.requests().migrate(target, TABLE, INDEXES, CONF);
        assertThat(stack.events().awaitEnd(failed)).isInstanceOfSatisfying(MigrationFailed.class, end -> {
            assertThat(end.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
            assertThat(end.failure().sqlState()).isEqualTo("23505");
        });
        target.sql().execute("UPDATE customer SET card = 'other' WHERE id = 2");

        // When
        var request = Requests.migration(
                target.id(), new ScriptSource.Inline(List.of(TABLE, INDEXES, CONF)), FlywaySettings.DEFAULTS);
        var run = stack.requests().publish(request.resumed());

        // Then
        assertThat(stack.events().awaitEnd(run)).isInstanceOf(MigrationApplied.class);
        var passed = (ValidationPassed)
                stack.events().awaitFact(run, "ValidationPassed").known();
        assertThat(passed.verdict().statements()).isEqualTo(1);
        assertThat(target.sql().rows("SELECT count(*) FROM card_log")).containsExactly("1");
        assertThat(target.sql().rows("SELECT version, success FROM flyway_schema_history ORDER BY installed_rank"))
                .containsExactly("1|t", "2|t");
    }

    @Test
    void undoScriptThatFailedHalfWayIsValidatedAndRunFromTheStatementThatFailed() {
        // Given
        var stack = Stack.running();
        var target = stack.newTarget();
        var applied = stack.requests().migrate(target, UNIQUE, SHARED, UNSHARED, UNSHARED_CONF);
        assertThat(stack.events().awaitEnd(applied)).isInstanceOf(MigrationApplied.class);
        target.sql().execute("UPDATE customer SET card = 'same'");
        var back = Requests.rollback(target.id(), "-1", null, FlywaySettings.DEFAULTS);
        assertThat(stack.events().awaitEnd(stack.requests().publish(back)))
                .isInstanceOfSatisfying(RollbackFailed.class, end -> {
                    assertThat(end.stateLeft()).isEqualTo(StateLeft.INTERRUPTED);
                    assertThat(end.failure().sqlState()).isEqualTo("23505");
                });
        target.sql().execute("UPDATE customer SET card = 'other' WHERE id = 2");

        // When
        var run = stack.requests().publish(back.resumed());

        // Then
        assertThat(stack.events().awaitEnd(run)).isInstanceOf(RollbackApplied.class);
        var passed = (ValidationPassed)
                stack.events().awaitFact(run, "ValidationPassed").known();
        assertThat(passed.verdict().statements()).isEqualTo(1);
        assertThat(target.sql().rows("SELECT count(*) FROM card_log")).containsExactly("1");
        assertThat(target.sql().rows("SELECT version, type FROM flyway_schema_history ORDER BY installed_rank"))
                .containsExactly("1|SQL", "2|SQL", "2|DELETE");
    }
}
