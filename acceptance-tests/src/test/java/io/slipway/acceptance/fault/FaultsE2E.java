package io.slipway.acceptance.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slipway.acceptance.stack.Sql;
import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.RunId;
import io.slipway.localstack.supervise.Service;
import io.slipway.localstack.supervise.ServiceProcess;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Faults at random moments of runs of every kind: each migration is applied once, each run has one end, and the schema is
 * that of an undisturbed run. One round of each in the suite, {@code -Dslipway.faults.rounds=50} for a night;
 * {@code -Dslipway.faults.seed=} repeats the moments of a failure, which names its seed.
 */
class FaultsE2E {
    private static final int ROUNDS = Integer.getInteger("slipway.faults.rounds", 1);
    private static final long SEED = Long.getLong("slipway.faults.seed", System.nanoTime());

    private static Stack stack;
    private static List<Target> targets;
    private static FaultsFixture runs;
    private static ServiceProcess other;

    @BeforeAll
    static void start() {
        stack = Stack.running();
        var all = stack.faultyTargets();
        targets = all.subList(1, all.size());
        runs = new FaultsFixture(stack, all.getFirst());
        other = stack.services().startAnother(Service.EXECUTOR);
    }

    @AfterAll
    static void stopTheOther() {
        other.stop();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void runsThatSomethingHappensToEndAsIfNothingHad(Fault fault) {
        inEachRound("", struck -> fault.strike(stack, struck));
    }

    @Test
    void runsThatFindTheDiskFullAreDoneWhenTheyAreRequestedAgain() {
        assumeTrue(SmallDisk.canBeMounted(), "A file system in memory cannot be mounted, which takes root.");
        var server = new Sql(stack.targetServer().database("postgres"));
        try (var disk = SmallDisk.under(server, targets)) {
            inEachRound("DISK_FULL", struck -> disk.fill());
            disk.leave(targets);
        }
    }

    private static void inEachRound(String expectedFailure, Consumer<Collection<RunId>> fault) {
        var random = new Random(SEED);
        for (int round = 1; round <= ROUNDS; round++) {
            try {
                runs.thereAndBack(targets, random, expectedFailure, fault);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Round %d of -Dslipway.faults.seed=%d".formatted(round, SEED), e);
            } finally {
                stack.services().services().forEach(ServiceProcess::awaitReady);
            }
        }
        runs.eachRunHasOneEnd();
    }
}
