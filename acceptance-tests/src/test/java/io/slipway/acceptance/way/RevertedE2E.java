package io.slipway.acceptance.way;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.acceptance.stack.Stack;
import io.slipway.contracts.AppliedMigration;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.RollbackApplied;
import org.junit.jupiter.api.Test;

/** A target whose policy has {@code rollback-on-failure}. */
class RevertedE2E {
    private static final ScriptFile ITEM = new ScriptFile("V1__item.sql", "CREATE TABLE item (id int PRIMARY KEY);");
    private static final ScriptFile PRICE = new ScriptFile("V2__price.sql", "ALTER TABLE item ADD COLUMN price int;");
    private static final ScriptFile NO_PRICE = new ScriptFile("U2__price.sql", "ALTER TABLE item DROP COLUMN price;");

    /** On the target, not in the rehearsal. */
    private static final ScriptFile FAILS = new ScriptFile("V3__fails.sql", """
            CREATE TABLE half AS
                SELECT 1 / (CASE current_database() WHEN 'reverted' THEN 0 ELSE 1 END) AS whole;
            """);

    @Test
    void migrationWhoseSecondScriptFailsIsTakenBackToWhereItBegan() {
        // Given
        var stack = Stack.running();
        var target = stack.revertedTarget();
        stack.events().awaitEnd(stack.requests().migrate(target, ITEM));

        // When
        var run = stack.requests().migrate(target, ITEM, PRICE, NO_PRICE, FAILS);

        // Then
        assertThat(stack.events().awaitEnd(run)).isInstanceOfSatisfying(MigrationFailed.class, failed -> {
            assertThat(failed.failure().sqlState()).isEqualTo("22012");
            assertThat(failed.stateLeft()).isEqualTo(StateLeft.PARTLY_APPLIED);
        });
        var back = RunId.ofRequest("/slipway/planner/rollback-on-failure", "rollback-of-" + run);
        assertThat(stack.events().awaitEnd(back))
                .isInstanceOfSatisfying(RollbackApplied.class, taken -> assertThat(taken.undone())
                        .extracting(AppliedMigration::script)
                        .containsExactly(NO_PRICE.name()));
        assertThat(target.sql().rows("SELECT version, type FROM flyway_schema_history ORDER BY installed_rank"))
                .containsExactly("1|SQL", "2|SQL", "2|DELETE");
        assertThat(target.sql()
                        .rows("SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
                                + " AND table_name IN ('item', 'half')"))
                .containsExactly("id");
    }
}
