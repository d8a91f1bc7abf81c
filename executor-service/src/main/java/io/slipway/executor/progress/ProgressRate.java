package io.slipway.executor.progress;

import java.time.Duration;

/**
 * How often progress is told, so that a run of days does not fill the topic.
 *
 * @param interval the least time between two reports
 * @param limit so many reports keep to the interval
 */
public record ProgressRate(Duration interval, int limit) {
    private static final Duration BEYOND = Duration.ofMinutes(1);

    boolean due(int published, Duration sinceLast) {
        Duration wait = published < limit || interval.compareTo(BEYOND) > 0 ? interval : BEYOND;
        return sinceLast.compareTo(wait) >= 0;
    }
}
