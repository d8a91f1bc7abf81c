package io.slipway.acceptance.way;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.acceptance.stack.Cli;
import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RunHeld;
import io.slipway.contracts.event.RunReleased;
import io.slipway.localstack.supervise.Service;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GatesE2E {
    private static final ScriptFile V1 = new ScriptFile("V1__a.sql", "CREATE TABLE a (id bigint PRIMARY KEY);");
    private static final ScriptFile U1 = new ScriptFile("U1__a.sql", "DROP TABLE a;");

    private static Stack stack;

    @BeforeAll
    static void start() {
        stack = Stack.running();
    }

    @Test
    void aHeldRunOutlivesAKillOfThePlannerAndGoesOnceItIsApproved() {
        // Given
        Target target = stack.guardedTarget();
        RunId run = stack.requests().migrate(target, V1, U1);
        RunHeld held = (RunHeld) stack.events().awaitFact(run, "RunHeld").event();
        String plan = held.plan().value();
        stack.service(Service.PLANNER).kill();
        stack.service(Service.PLANNER).restart();

        // When
        Cli.Result own = approve(run, plan, "deploy-bot");
        Cli.Result stranger = approve(run, plan, "zoe");
        Cli.Result counted = approve(run, plan, "berta");

        // Then
        assertThat(held.hold().roles()).containsExactly("dba");
        assertThat(own.exitCode()).isEqualTo(3);
        assertThat(own.err()).contains("asked for run");
        assertThat(stranger.exitCode()).isEqualTo(3);
        assertThat(counted.exitCode()).as(counted.err()).isZero();
        assertThat(stack.events().awaitEnd(run)).isInstanceOf(MigrationApplied.class);
        assertThat(stack.events().names(run))
                .containsSubsequence("ValidationPassed", "RunHeld", "RunReleased", "BackupCompleted")
                .containsOnlyOnce("RunHeld", "RunReleased", "MigrationApplied");
        RunReleased released =
                (RunReleased) stack.events().awaitFact(run, "RunReleased").event();
        assertThat(released.approvedBy()).containsExactly("berta");
        assertThat(target.sql().value("select to_regclass('a')")).isEqualTo("a");
    }

    @Test
    void aWayBackThatNobodyWroteIsDerivedInTheRehearsalAndGoesOnceSomeoneElseHasApprovedIt() {
        // Given
        Target target = stack.newTarget();
        RunId there = stack.requests().migrate(target, V1);
        assertThat(stack.events().awaitEnd(there)).isInstanceOf(MigrationApplied.class);

        // When
        RunId back = stack.requests().rollBack(target, "-1");
        RunHeld held = (RunHeld) stack.events().awaitFact(back, "RunHeld").event();
        String plan = String.valueOf(held.plan());
        Cli.Result own = approve(back, plan, "on-call");
        Cli.Result other = approve(back, plan, "zoe");

        // Then
        assertThat(held.hold().detail()).contains("nobody wrote").contains(V1.name());
        assertThat(own.exitCode()).isEqualTo(3);
        assertThat(other.exitCode()).as(other.err()).isZero();
        assertThat(stack.events().awaitEnd(back)).isInstanceOf(RollbackApplied.class);
        assertThat(target.sql().value("select count(*) from pg_class where relname = 'a'"))
                .isEqualTo("0");
    }

    private static Cli.Result approve(RunId run, String plan, String by) {
        return stack.cli().run("approve", run.toString(), "--plan", plan, "--by", by, "--reason", "seen");
    }
}
