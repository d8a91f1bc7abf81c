package io.slipway.benchmarks.planner;

import io.slipway.contracts.TargetId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a fixed rate, whether the earlier ones have been answered or not. A time counts from the moment at which the
 * request was due, so that a planner that makes the sender wait does not look quicker than it is.
 */
record SteadyLoad(Deployer deployer, List<TargetId> targets, int perSecond, int versions) {

    /**
     * How long the answers took.
     *
     * @param late the longest time by which the sender itself was behind; it is part of {@code times}
     */
    record Answers(List<Duration> times, Duration late) {}

    Answers run(Duration length) {
        var number = Math.toIntExact(length.toSeconds() * perSecond);
        var gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        var late = 0L;
        List<CompletableFuture<Duration>> answers = new ArrayList<>();
        // Written before the clock starts: a deployer's processor is not the planner's.
        var requests = targets.stream()
                .map(target -> Deployer.json(Deployer.request(target, versions)))
                .toList();
        var started = System.nanoTime();
        for (var index = 0; index < number; index++) {
            var due = started + index * gap;
            for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            late = Math.max(late, System.nanoTime() - due);
            answers.add(deployer.post(requests.get(index % requests.size()))
                    .thenApply(run -> Duration.ofNanos(System.nanoTime() - due)));
        }
        return new Answers(answers.stream().map(CompletableFuture::join).toList(), Duration.ofNanos(late));
    }
}
