package io.slipway.executor.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.RunId;
import io.slipway.eventing.SharedServersResource;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many transactions at the slots of one server at a time, as those of several executors are. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class SlotStoreIT {
    private static final int SLOTS = 3;
    private static final int RUNS = 120;

    @Inject
    SlotStore store;

    @Test
    void neverGivesMoreSlotsThanThereAreAndLeavesNoneUnusedWhileRunsWait() {
        // Given
        String server = "db-of-many:5432";
        Queue<RunId> begun = new ConcurrentLinkedQueue<>();
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        // When
        try (var executors = Executors.newFixedThreadPool(8)) {
            Stream.generate(RunId::random)
                    .limit(RUNS)
                    .forEach(run -> executors.execute(() -> {
                        List<RunId> next = enter(run, server);
                        while (!next.isEmpty()) {
                            begun.addAll(next);
                            most.accumulateAndGet(held.addAndGet(next.size()), Math::max);
                            next = next.stream()
                                    .flatMap(each -> {
                                        held.decrementAndGet();
                                        return leave(each, server);
                                    })
                                    .toList();
                        }
                    }));
        }
        // Then
        assertThat(begun).hasSize(RUNS).doesNotHaveDuplicates();
        assertThat(most.get()).isBetween(1, SLOTS);
        assertThat(store.contended()).doesNotContain(server);
    }

    @Test
    void givesAFreeSlotToWhoCameFirst() {
        // Given
        String server = "db-in-order:5432";
        List<RunId> runs = Stream.generate(RunId::random).limit(SLOTS + 3L).toList();
        List<RunId> begun =
                runs.stream().flatMap(run -> enter(run, server).stream()).toList();
        // When
        List<RunId> next = begun.stream().flatMap(run -> leave(run, server)).toList();
        // Then
        assertThat(begun).isEqualTo(runs.subList(0, SLOTS));
        assertThat(next).isEqualTo(runs.subList(SLOTS, runs.size()));
        next.forEach(run -> assertThat(leave(run, server)).isEmpty());
    }

    private List<RunId> enter(RunId run, String server) {
        return QuarkusTransaction.requiringNew().call(() -> {
            store.lock(server);
            store.add(run, server);
            return store.take(server, SLOTS);
        });
    }

    private Stream<RunId> leave(RunId run, String server) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    store.lock(server);
                    store.remove(run);
                    return store.take(server, SLOTS);
                })
                .stream();
    }
}
