package io.slipway.acceptance.fault;

import io.slipway.acceptance.stack.Stack;
import io.slipway.localstack.supervise.ServiceProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The servers under the services, killed with {@code kill -9} while a migration runs. */
class LostServersE2E {
    private static Stack stack;
    private static DisturbedRunFixture runs;

    @BeforeAll
    static void start() {
        stack = Stack.running();
        runs = DisturbedRunFixture.start(stack);
    }

    @AfterEach
    void waitUntilAllIsWellAgain() {
        stack.services().services().forEach(ServiceProcess::awaitReady);
    }

    @Test
    void brokerThatIsKilledLosesNothingAndRequestsAreAcceptedMeanwhile() {
        // Given
        var target = stack.newTarget();
        var other = stack.newTarget();
        var run = stack.requests().publish(runs.request(target, "2"));
        runs.awaitNap(target);

        // When
        stack.services().kafka().kill();
        var meanwhile = runs.post(other, "0");
        stack.services().kafka().restart();

        // Then
        runs.wentAsIfUndisturbed(target, run);
        runs.wentAsIfUndisturbed(other, meanwhile);
    }

    @Test
    void controlPlaneThatIsLostWhileAMigrationRunsLosesNothing() {
        // Given
        var target = stack.newTarget();
        var run = stack.requests().publish(runs.request(target, "1"));
        runs.awaitNap(target);

        // When
        stack.services().postgres().kill();
        stack.services().postgres().restart();

        // Then
        runs.wentAsIfUndisturbed(target, run);
    }

    @Test
    void targetThatIsLostWhileItIsMigratedIsFinishedWhenItIsBack() {
        // Given
        var target = stack.newTarget();
        var run = stack.requests().publish(runs.request(target, "2"));
        runs.awaitNap(target);

        // When
        stack.targetServer().kill();
        stack.targetServer().restart();

        // Then
        runs.wentAsIfUndisturbed(target, run);
    }
}
