package io.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.acceptance.stack.PostgresPrograms;
import io.slipway.acceptance.stack.Requests;
import io.slipway.acceptance.stack.Stack;
import io.slipway.acceptance.stack.Target;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.RunId;
import io.slipway.contracts.ScriptFile;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.contracts.event.MigrationFailed;
import io.slipway.contracts.event.RollbackApplied;
import io.slipway.contracts.event.RollbackFailed;
import io.slipway.contracts.event.RunEnded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs of scripts of every kind, there and back, on several targets at once; something happens to them at a moment of
 * chance, and what they leave is compared with what an undisturbed run leaves.
 */
final class FaultsFixture {
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    /** A fault that fails runs is over by then. */
    private static final int MOST_REQUESTS = 6;

    /** About as long as the executor is at work on the scripts of one run, so that a fault may hit any of them. */
    private static final int LATEST_MILLIS = 1_200;

    /** Every script leaves a mark that would be there twice if it ran twice, and so does every batch. */
    private static final List<ScriptFile> SCRIPTS = List.of(
            new ScriptFile("V1__base.sql", """
                    CREATE TABLE mark (script text NOT NULL);
                    CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL, price bigint NOT NULL);
                    INSERT INTO item SELECT n, 'item ' || n, n FROM generate_series(1, 2000) n;
                    INSERT INTO mark VALUES ('V1');
                    """),
            new ScriptFile("V2__column.sql", """
                    ALTER TABLE item ADD COLUMN stock int DEFAULT 7;
                    SELECT pg_sleep(0.1);
                    INSERT INTO mark VALUES ('V2');
                    """),
            new ScriptFile("V3__index.sql", "CREATE INDEX CONCURRENTLY item_name ON item (name);"),
            new ScriptFile("V4__prices.sql", """
                    -- slipway:batch table=item key=id size=200 pause=20ms
                    UPDATE item SET price = price + 1 WHERE id > 0;
                    """),
            new ScriptFile("V5__outside.sql", """
                    INSERT INTO mark VALUES ('V5a');
                    CREATE INDEX CONCURRENTLY item_price ON item (price);
                    INSERT INTO mark VALUES ('V5b');
                    """),
            new ScriptFile("V5__outside.sql.conf", "executeInTransaction=false"),
            new ScriptFile("V6__order.sql", """
                    CREATE TABLE sale (id bigserial PRIMARY KEY, item int NOT NULL REFERENCES item);
                    SELECT pg_sleep(0.1);
                    INSERT INTO sale (item) SELECT n FROM generate_series(1, 500) n;
                    INSERT INTO mark VALUES ('V6');
                    """),
            new ScriptFile("R__marks.sql", """
                    CREATE OR REPLACE VIEW marks AS SELECT script, count(*) AS times FROM mark GROUP BY script;
                    INSERT INTO mark VALUES ('R');
                    """),
            new ScriptFile("U2__column.sql", """
                    ALTER TABLE item DROP COLUMN stock;
                    SELECT pg_sleep(0.1);
                    INSERT INTO mark VALUES ('U2');
                    """),
            new ScriptFile("U3__index.sql", "DROP INDEX CONCURRENTLY item_name;"),
            new ScriptFile("U4__prices.sql", """
                    UPDATE item SET price = price - 1 WHERE id > 0;
                    INSERT INTO mark VALUES ('U4');
                    """),
            new ScriptFile("U5__outside.sql", """
                    DROP INDEX item_price;
                    SELECT pg_sleep(0.1);
                    INSERT INTO mark VALUES ('U5');
                    """),
            new ScriptFile("U6__order.sql", """
                    DROP TABLE sale;
                    SELECT pg_sleep(0.1);
                    INSERT INTO mark VALUES ('U6');
                    """));

    private final Stack stack;
    private final List<RunId> runs = new ArrayList<>();
    private final Left forward;
    private final Left back;

    /** What there is in a target after a run, as far as it does not differ from one run to the next. */
    private record Left(List<String> schema, List<String> history, List<String> marks, List<String> items) {
        static Left in(Target target) {
            return new Left(
                    PostgresPrograms.schemaOf(target.database()),
                    target.sql().history(),
                    target.sql().rows("select script, count(*) from mark group by script order by script"),
                    target.sql()
                            .rows("select count(*), sum(price),"
                                    + " (select count(*) from pg_index where not indisvalid) from item"));
        }

        void same(Left model) {
            assertThat(history).isEqualTo(model.history);
            assertThat(marks).isEqualTo(model.marks);
            assertThat(items).isEqualTo(model.items);
            assertThat(schema).isEqualTo(model.schema);
        }
    }

    /** Takes undisturbed runs on a target as the model. */
    FaultsFixture(Stack stack, Target undisturbed) {
        this.stack = stack;
        empty(undisturbed);
        assertThat(end(migrate(undisturbed))).isInstanceOf(MigrationApplied.class);
        this.forward = Left.in(undisturbed);
        assertThat(end(rollBack(undisturbed))).isInstanceOf(RollbackApplied.class);
        this.back = Left.in(undisturbed);
    }

    /**
     * Takes empty targets forward and back, with the fault at a moment of either.
     *
     * @param expected the code with which a run may fail, to be requested again; empty for none
     */
    void thereAndBack(List<Target> targets, Random random, String expected, Consumer<Collection<RunId>> fault) {
        targets.forEach(FaultsFixture::empty);
        disturbed(targets, random, this::migrate, fault).forEach((target, run) -> {
            var end = settled(run, expected, () -> resume(target));
            assertThat(end).as("the end of %s", target.name()).isInstanceOf(MigrationApplied.class);
            Left.in(target).same(forward);
        });
        disturbed(targets, random, this::rollBack, fault).forEach((target, run) -> {
            var end = settled(run, expected, () -> rollBack(target));
            assertThat(end).as("the end of %s", target.name()).isInstanceOf(RollbackApplied.class);
            Left.in(target).same(back);
            assertThat(target.sql()
                            .rows("select script from slipway_ledger where phase = 'DONE'"
                                    + " group by script having count(*) > 1"))
                    .isEmpty();
        });
    }

    /** Once more at the end, since a second end would come after the first. */
    void eachRunHasOneEnd() {
        assertThat(runs).allSatisfy(run -> assertThat(stack.events().ends(run)).hasSize(1));
    }

    private static void empty(Target target) {
        target.sql().execute("drop schema public cascade; create schema public");
    }

    private Map<Target, RunId> disturbed(
            List<Target> targets, Random random, Function<Target, RunId> request, Consumer<Collection<RunId>> fault) {
        var started = new LinkedHashMap<Target, RunId>();
        targets.forEach(target -> started.put(target, request.apply(target)));
        stack.events().awaitFact(started.firstEntry().getValue(), "MigrationStarted");
        var moment = CompletableFuture.delayedExecutor(random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
        CompletableFuture.runAsync(() -> fault.accept(started.values()), moment).join();
        return started;
    }

    private RunEnded settled(RunId run, String expected, Supplier<RunId> again) {
        var end = end(run);
        for (int requests = 1; requests < MOST_REQUESTS && failure(end).equals(expected); requests++) {
            end = end(again.get());
        }
        return end;
    }

    private static String failure(RunEnded end) {
        return switch (end) {
            case MigrationFailed failed -> failed.failure().code();
            case RollbackFailed failed -> failed.failure().code();
            default -> "none";
        };
    }

    private RunEnded end(RunId run) {
        return stack.events().awaitEnd(run, PATIENCE);
    }

    private RunId migrate(Target target) {
        return published(stack.requests()
                .publish(Requests.migration(target.id(), new ScriptSource.Inline(SCRIPTS), FlywaySettings.DEFAULTS)));
    }

    private RunId resume(Target target) {
        return published(stack.requests()
                .publish(Requests.migration(target.id(), new ScriptSource.Inline(SCRIPTS), FlywaySettings.DEFAULTS)
                        .resumed()));
    }

    private RunId rollBack(Target target) {
        return published(stack.requests().rollBack(target, "1"));
    }

    private RunId published(RunId run) {
        runs.add(run);
        return run;
    }
}
