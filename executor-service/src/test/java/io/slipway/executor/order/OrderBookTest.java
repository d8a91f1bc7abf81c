package io.slipway.executor.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.Failure;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.PlannedScript;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.TargetState;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.MigrationPlanned;
import io.slipway.contracts.event.RunCancelled;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.RunReleased;
import io.slipway.contracts.event.StopOrdered;
import io.slipway.contracts.event.ValidationPassed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderBookTest {
    private static final TargetId TARGET = new TargetId("shop");
    private static final Plan PLAN = plan("create table item (id int)");
    private static final Plan NEWER = plan("create table item (id bigint)");

    private final RunId run = RunId.random();

    /** What is stored, the facts in their order, and what is to be written and done. */
    @ParameterizedTest
    @CsvSource(nullValues = "none", delimiter = '|', textBlock = """
            none           | plan                            | put Planned
            none           | plan passed released backed     | put Ready, due
            none           | plan passed released backed stop| put Ready to stop, due
            none           | plan passed released stop backed| put Ready to stop, due
            none           | plan passed newer               | put Planned newer
            none           | plan passed newer released      | put Planned newer, unfit
            none           | plan released                   | put Planned, unfit
            none           | plan passed cancelled           | ended
            none           | dry passed released backed      | ''
            none           | passed released backed stop     | ''
            none           | cancelled                       | ended
            none           | cancelled plan                  | put Planned, ended
            Planned        | passed                          | save Validated
            Planned        | newer                           | put Planned newer
            Planned        | passed released                 | save Released
            Validated      | newer passed                    | put Planned newer, unfit
            Validated      | stop                            | unfit
            Released       | backed                          | save Ready, due
            Released       | newer backed                    | save Ready, due
            Released       | stop                            | save Released to stop
            Released       | backed stop                     | save Ready to stop, due
            Released       | backed cancelled                | remove, ended
            Ready          | stop                            | save Ready to stop, due
            Ready          | newer                           | ''
            Ready          | backed                          | unfit
            Running        | stop                            | save Running to stop
            Running        | backed                          | unfit
            Running        | cancelled                       | remove, ended
            """)
    void foldsTheFactsOfARun(String stored, String facts, String expected) {
        // Given
        OrderBook book = new OrderBook(
                Optional.ofNullable(stored).map(this::order).stream().toList());
        // When
        List<Boolean> fits = Stream.of(facts.split(" "))
                .map(fact -> book.tell(fact(fact, run)))
                .toList();
        // Then
        List<String> outcome = new ArrayList<>();
        book.planned().forEach(content -> {
            assertThat(content.order().subject().plan())
                    .isEqualTo(content.plan().digest());
            outcome.add("put " + name(content.order()) + (content.plan().equals(NEWER) ? " newer" : ""));
        });
        book.moved().forEach(order -> outcome.add("save " + name(order)));
        book.removed().forEach(_ -> outcome.add("remove"));
        book.ready().forEach(_ -> outcome.add("due"));
        book.ended().forEach(_ -> outcome.add("ended"));
        if (fits.contains(false)) {
            outcome.add("unfit");
        }
        assertThat(String.join(", ", outcome)).isEqualTo(expected);
    }

    @Test
    void keepsRunsApartAndHasThemDueInTheOrderInWhichTheyBecameReady() {
        // Given
        RunId second = RunId.random();
        RunId third = RunId.random();
        OrderBook book = new OrderBook(List.of(order("Released")));
        // When
        for (String fact : List.of("plan", "passed", "released")) {
            book.tell(fact(fact, second));
            book.tell(fact(fact, third));
        }
        book.tell(fact("backed", third));
        book.tell(fact("backed", run));
        book.tell(fact("backed", second));
        book.tell(fact("stop", third));
        // Then
        assertThat(book.ready()).extracting(ready -> ready.subject().runId()).containsExactly(third, run, second);
        assertThat(book.ready()).extracting(ready -> ready.stop() != null).containsExactly(true, false, false);
        assertThat(book.planned())
                .extracting(content -> content.order().subject().runId())
                .containsExactlyInAnyOrder(second, third);
        assertThat(book.moved()).extracting(order -> order.subject().runId()).containsExactly(run);
    }

    private Order order(String state) {
        var subject = new Order.Subject(run, TARGET, PLAN.kind(), PLAN.digest());
        return switch (state) {
            case "Planned" -> new Order.Planned(subject);
            case "Validated" -> new Order.Validated(subject);
            case "Released" -> new Order.Released(subject, null);
            case "Ready" -> new Order.Ready(subject, null);
            case "Running" -> new Order.Running(subject, Instant.EPOCH, null);
            default -> throw new AssertionError(state);
        };
    }

    private static String name(Order order) {
        return order.getClass().getSimpleName() + (order.stop() == null ? "" : " to stop");
    }

    private static RunFact fact(String name, RunId of) {
        PlanDigest plan = PLAN.digest();
        return switch (name) {
            case "plan" -> planned(of, PLAN, false);
            case "newer" -> planned(of, NEWER, false);
            case "dry" -> planned(of, PLAN, true);
            case "passed" -> new ValidationPassed(of, TARGET, plan, verdict());
            case "released" -> new RunReleased(of, TARGET, plan, PLAN.kind(), List.of());
            case "backed" -> new BackupSkipped(of, TARGET, plan, "policy");
            case "stop" -> new StopOrdered(of, TARGET, plan, "ada", "The checkout waits");
            case "cancelled" -> cancelled(of);
            default -> throw new AssertionError(name);
        };
    }

    private static MigrationPlanned planned(RunId of, Plan plan, boolean dryRun) {
        return new MigrationPlanned(of, TARGET, plan, "request", dryRun, false, "ada", "test", null);
    }

    private static RunCancelled cancelled(RunId of) {
        return new RunCancelled(
                of, TARGET, RunCancelled.Cause.REQUESTED, Failure.of("CANCELLED", "Given up", "Request it again."));
    }

    private static Verdict verdict() {
        return new Verdict(
                List.of(), List.of(), Verdict.Risk.LOW, null, Verdict.Reversibility.GREEN, 1, 0, List.of(), null);
    }

    private static Plan plan(String sql) {
        var script = new PlannedScript(
                PlannedScript.Kind.VERSIONED,
                new MigrationVersion("1"),
                "item",
                "V1__item.sql",
                null,
                true,
                sql,
                null,
                null);
        var state = new TargetState("15.15", "shop", null, null, "none", 0);
        return Plan.of(Plan.Kind.MIGRATION, FlywaySettings.DEFAULTS, List.of(script), state);
    }
}
