package io.slipway.executor.slot;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.slipway.contracts.RunId;
import io.slipway.eventing.SharedServersResource;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many transactions at the slots of one server at a time, as those of several executors are. */
@QuarkusTest
@WithTestResource(SharedServersResource.class)
class SlotStoreIT {
    private static final int SLOTS = 3;
    private static final int RUNS = 60;

    @Inject
    SlotStore store;

    @Test
    void neverGivesMoreSlotsThanThereAreAndLeavesNoneUnusedWhileRunsWait() {
        // Given
        String server = "db-of-many:5432";
        List<RunId> begun = atOnce(Stream.generate(RunId::random).limit(RUNS), run -> enter(run, server));
        assertThat(begun).hasSize(SLOTS);
        Set<RunId> all = new HashSet<>(begun);
        while (!begun.isEmpty()) {
            // When
            begun = atOnce(begun.stream(), run -> leave(run, server).toList());
            // Then
            assertThat(begun).hasSizeLessThanOrEqualTo(SLOTS).doesNotContainAnyElementsOf(all);
            all.addAll(begun);
        }
        assertThat(all).hasSize(RUNS);
        assertThat(store.contended()).doesNotContain(server);
    }

    private static List<RunId> atOnce(Stream<RunId> runs, Function<RunId, List<RunId>> work) {
        try (var executors = Executors.newFixedThreadPool(8)) {
            List<CompletableFuture<List<RunId>>> all = runs.map(
                            run -> CompletableFuture.supplyAsync(() -> work.apply(run), executors))
                    .toList();
            return all.stream().flatMap(begun -> begun.join().stream()).toList();
        }
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

    @Test
    void givesTheSlotsOfSeveralServersAtOnceInWhateverOrderTheyAreNamed() {
        // Given
        List<String> servers = IntStream.range(0, 20)
                .mapToObj(i -> "db-%d-of-several:5432".formatted(i))
                .toList();
        // When
        List<RunId> begun = atOnce(Stream.generate(RunId::random).limit(RUNS), run -> enterSomewhere(run, servers));
        // Then
        assertThat(begun).hasSize(SLOTS * servers.size()).doesNotHaveDuplicates();
        assertThat(store.servers(begun)).containsExactlyInAnyOrderElementsOf(servers);
    }

    /** One run on each of the servers. */
    private List<RunId> enterSomewhere(RunId first, List<String> servers) {
        List<String> named = new ArrayList<>(servers);
        Collections.shuffle(named, new Random(first.hashCode()));
        SequencedMap<RunId, String> line = new LinkedHashMap<>();
        named.forEach(server -> line.put(RunId.random(), server));
        return QuarkusTransaction.requiringNew().call(() -> {
            store.lock(named);
            store.add(line);
            return store.take(named.stream().collect(Collectors.toMap(server -> server, _ -> SLOTS)));
        });
    }

    private List<RunId> enter(RunId run, String server) {
        return QuarkusTransaction.requiringNew().call(() -> {
            store.lock(Set.of(server));
            store.add(new LinkedHashMap<>(Map.of(run, server)));
            return store.take(Map.of(server, SLOTS));
        });
    }

    private Stream<RunId> leave(RunId run, String server) {
        return QuarkusTransaction.requiringNew()
                .call(() -> {
                    store.lock(Set.of(server));
                    store.remove(Set.of(run));
                    return store.take(Map.of(server, SLOTS));
                })
                .stream();
    }
}
