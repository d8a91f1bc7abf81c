package io.slipway.benchmarks.planner;

import io.slipway.benchmarks.stack.Ends;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.MigrationApplied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Many requests at once: for every other target over HTTP, for the rest over Kafka. A target's requests follow one another
 * through one door, since two doors know no order; each brings one more version.
 */
record Burst(Deployer deployer, Ends ends) {

    /** An idle planner of two cores ends several runs in a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * What became of it.
     *
     * @param busy how often the planner asked to come again
     * @param taken until the last request was answered, or was on the broker
     * @param ended until the last run had ended
     * @param applied how many runs did what they were asked for
     * @param lost runs without an end
     * @param doubled ends of runs that had one already
     * @param disordered targets whose runs did not end in the order of their requests
     */
    record Outcome(int busy, Duration taken, Duration ended, long applied, int lost, int doubled, int disordered) {}

    Outcome run(List<TargetId> targets, int perTarget) {
        var started = System.nanoTime();
        Map<TargetId, CompletableFuture<List<RunId>>> lanes = new LinkedHashMap<>();
        for (var number = 0; number < targets.size(); number++) {
            var target = targets.get(number);
            lanes.put(target, number % 2 == 0 ? overHttp(target, perTarget) : overKafka(target, perTarget));
        }
        Map<TargetId, List<RunId>> asked = new LinkedHashMap<>();
        lanes.forEach((target, lane) -> asked.put(target, lane.join()));
        var taken = Duration.ofNanos(System.nanoTime() - started);
        ends.await(targets.size() * perTarget, PATIENCE);
        var ended = Duration.ofNanos(System.nanoTime() - started);
        return outcome(taken, ended, asked);
    }

    private CompletableFuture<List<RunId>> overHttp(TargetId target, int number) {
        var lane = CompletableFuture.<List<RunId>>completedFuture(new ArrayList<>());
        for (var version = 1; version <= number; version++) {
            var request = Deployer.json(Deployer.request(target, version));
            lane = lane.thenCompose(runs -> deployer.post(request).thenApply(run -> {
                runs.add(run);
                return runs;
            }));
        }
        return lane;
    }

    private CompletableFuture<List<RunId>> overKafka(TargetId target, int number) {
        List<CompletableFuture<RunId>> published = new ArrayList<>();
        for (var version = 1; version <= number; version++) {
            published.add(deployer.publish(Deployer.request(target, version)));
        }
        return CompletableFuture.allOf(published.toArray(CompletableFuture[]::new))
                .thenApply(
                        done -> published.stream().map(CompletableFuture::join).toList());
    }

    private Outcome outcome(Duration taken, Duration ended, Map<TargetId, List<RunId>> asked) {
        var runs = ends.runs();
        var lost = 0;
        var doubled = 0;
        var disordered = 0;
        for (var entry : asked.entrySet()) {
            var found = runs.getOrDefault(entry.getKey(), List.of());
            var once = new HashSet<>(found);
            lost += (int)
                    entry.getValue().stream().filter(run -> !once.contains(run)).count();
            doubled += found.size() - once.size();
            disordered += found.equals(entry.getValue()) ? 0 : 1;
        }
        return new Outcome(
                deployer.busy(), taken, ended, ends.number(MigrationApplied.class), lost, doubled, disordered);
    }
}
