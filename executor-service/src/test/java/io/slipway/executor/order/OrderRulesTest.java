package io.slipway.executor.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.Backup;
import io.slipway.contracts.Hold;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunHeld;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OrderRulesTest {
    private static final RunId RUN = RunId.random();
    private static final TargetId TARGET = new TargetId("shop");
    private static final PlanDigest PLAN = new PlanDigest("sha256:" + "a".repeat(64));
    private static final PlanDigest OTHER_PLAN = new PlanDigest("sha256:" + "b".repeat(64));
    private static final Order.Subject SUBJECT = new Order.Subject(RUN, TARGET, Plan.Kind.MIGRATION, PLAN);

    private static final Order.Stop STOP = new Order.Stop("ada", "The checkout waits", false);

    private static final List<Order> STATES = List.of(
            new Order.Planned(SUBJECT),
            new Order.Validated(SUBJECT),
            new Order.Released(SUBJECT, null),
            new Order.Ready(SUBJECT, null),
            new Order.Running(SUBJECT, Instant.EPOCH, null),
            new Order.Released(SUBJECT, STOP),
            new Order.Ready(SUBJECT, STOP),
            new Order.Running(SUBJECT, Instant.EPOCH, STOP));

    /** The only pairs that move an order; every other pair leaves it where it is. */
    private static final Map<String, String> MOVES = Map.of(
            "Planned+ValidationPassed", "Validated",
            "Validated+RunReleased", "Released",
            "Released+BackupCompleted", "Ready",
            "Released+BackupSkipped", "Ready",
            "Released+StopOrdered", "Released to stop for grace",
            "Ready+StopOrdered", "Ready to stop for grace",
            "Running+StopOrdered", "Running to stop for grace",
            "Released to stop for ada+BackupCompleted", "Ready to stop for ada",
            "Released to stop for ada+BackupSkipped", "Ready to stop for ada");

    @TestFactory
    Stream<DynamicTest> movesOnlyWhereTheTableSaysSo() {
        return STATES.stream().flatMap(state -> facts(PLAN).map(fact -> {
            String pair = name(state) + "+" + name(fact);
            return DynamicTest.dynamicTest(
                    pair, () -> assertThat(OrderRules.after(state, fact).map(OrderRulesTest::name))
                            .isEqualTo(java.util.Optional.ofNullable(MOVES.get(pair))));
        }));
    }

    @TestFactory
    Stream<DynamicTest> neverMovesForAnotherDigest() {
        return STATES.stream().flatMap(state -> facts(OTHER_PLAN)
                .map(fact -> DynamicTest.dynamicTest(
                        name(state) + "+" + name(fact),
                        () -> assertThat(OrderRules.after(state, fact)).isEmpty())));
    }

    private static Stream<RunFact> facts(PlanDigest plan) {
        var verdict = new Verdict(
                List.of(), List.of(), Verdict.Risk.LOW, null, Verdict.Reversibility.GREEN, 1, 0, List.of(), null);
        return Stream.of(
                new ValidationPassed(RUN, TARGET, plan, verdict),
                new ValidationFailed(RUN, TARGET, plan, verdict),
                new RunHeld(RUN, TARGET, plan, new Hold(Hold.Reason.TURN, "behind another", null, null)),
                new RunReleased(RUN, TARGET, plan, Plan.Kind.MIGRATION, List.of()),
                new BackupCompleted(
                        RUN, TARGET, plan, new Backup("file:/x", 1, "c".repeat(64), 1, "pg_dump 15", Duration.ZERO)),
                new BackupSkipped(RUN, TARGET, plan, "policy"),
                new StopOrdered(RUN, TARGET, plan, "grace", "The window closes"));
    }

    private static String name(Order order) {
        Order.Stop stop = order.stop();
        String state = order.getClass().getSimpleName();
        return stop == null ? state : state + " to stop for " + stop.requestedBy();
    }

    private static String name(RunFact fact) {
        return fact.getClass().getSimpleName();
    }
}
