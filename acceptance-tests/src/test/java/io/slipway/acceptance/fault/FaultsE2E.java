package io.slipway.acceptance.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slipway.acceptance.stack.Sql;
import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.RunId;
import io.slipway.localstack.supervise.Service;
import io.slipway.localstack.supervise.ServiceProcess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults at random moments of runs of every kind: each migration is applied once, each run has one end, and the schema is
 * that of an undisturbed run. The suite takes two of the faults, others each time, and the full disk;
 * {@code -Dslipway.faults.rounds=50} takes all of them for a night. {@code -Dslipway.faults.seed=} repeats the faults and
 * the moments of a failure, which names its seed.
 */
class FaultsE2E {
    private static final @Nullable Integer WANTED = Integer.getInteger("slipway.faults.rounds");
    private static final int ROUNDS = WANTED == null ? 1 : WANTED;
    private static final int FAULTS_OF_THE_SUITE = 2;
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

    private static Stream<Fault> faults() {
        List<Fault> all = new ArrayList<>(List.of(Fault.values()));
        Collections.shuffle(all, new Random(SEED));
        return all.stream().limit(WANTED == null ? FAULTS_OF_THE_SUITE : all.size());
    }

    @ParameterizedTest
    @MethodSource("faults")
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
