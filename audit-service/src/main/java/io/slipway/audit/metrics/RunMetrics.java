package io.slipway.audit.metrics;

import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.List;

/**
 * What Prometheus is told about the runs: the lines of {@code slipway_runs_total}, {@code slipway_run_duration_seconds},
 * {@code slipway_rows_affected_total}, {@code slipway_wal_bytes_total}, {@code slipway_lock_wait_seconds_total} and {@code slipway_run_last_failure_timestamp_seconds}.
 */
record RunMetrics(List<Ended> runs, List<Changed> rows, List<Failed> failures) {
    /** Upper bounds in seconds: from a run on an empty database to one that held a night for its window. */
    static final List<Double> BUCKETS =
            List.of(0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 7200.0, 43200.0);

    /**
     * @param atMost how many took at most as long as the bucket of the same position
     */
    record Ended(String target, String outcome, String kind, long runs, double seconds, List<Long> atMost) {
        private List<String> labels() {
            return List.of(target, outcome, kind);
        }
    }

    record Changed(String target, long rows, long walBytes, double lockWaitSeconds) {}

    record Failed(String target, double epochSeconds) {}

    private static final List<String> RUN_LABELS = List.of("target", "outcome", "kind");
    private static final List<String> TARGET_LABEL = List.of("target");

    List<Collector.MetricFamilySamples> families() {
        return List.of(
                family(
                        "slipway_runs",
                        Collector.Type.COUNTER,
                        "Runs and rejected requests that have ended.",
                        runs.stream()
                                .map(ended -> sample("slipway_runs_total", RUN_LABELS, ended.labels(), ended.runs()))
                                .toList()),
                family(
                        "slipway_run_duration_seconds",
                        Collector.Type.HISTOGRAM,
                        "From the request to the end of the run, waiting included.",
                        runs.stream()
                                .flatMap(ended -> histogram(ended).stream())
                                .toList()),
                family(
                        "slipway_rows_affected",
                        Collector.Type.COUNTER,
                        "Rows that migrations and rollbacks inserted, updated and deleted.",
                        rows.stream()
                                .map(changed -> sample(
                                        "slipway_rows_affected_total",
                                        TARGET_LABEL,
                                        List.of(changed.target()),
                                        changed.rows()))
                                .toList()),
                family(
                        "slipway_wal_bytes",
                        Collector.Type.COUNTER,
                        "Write-ahead log that the target's server wrote while migrations and rollbacks ran, for all its sessions.",
                        rows.stream()
                                .map(changed -> sample(
                                        "slipway_wal_bytes_total",
                                        TARGET_LABEL,
                                        List.of(changed.target()),
                                        changed.walBytes()))
                                .toList()),
                family(
                        "slipway_lock_wait_seconds",
                        Collector.Type.COUNTER,
                        "How long migrations and rollbacks waited for locks.",
                        rows.stream()
                                .map(changed -> sample(
                                        "slipway_lock_wait_seconds_total",
                                        TARGET_LABEL,
                                        List.of(changed.target()),
                                        changed.lockWaitSeconds()))
                                .toList()),
                family(
                        "slipway_run_last_failure_timestamp_seconds",
                        Collector.Type.GAUGE,
                        "When the latest failed run of the target ended.",
                        failures.stream()
                                .map(failed -> sample(
                                        "slipway_run_last_failure_timestamp_seconds",
                                        TARGET_LABEL,
                                        List.of(failed.target()),
                                        failed.epochSeconds()))
                                .toList()));
    }

    private static List<Collector.MetricFamilySamples.Sample> histogram(Ended ended) {
        List<String> names = append(RUN_LABELS, "le");
        List<Collector.MetricFamilySamples.Sample> samples = new ArrayList<>();
        for (int i = 0; i < BUCKETS.size(); i++) {
            String bound = Collector.doubleToGoString(BUCKETS.get(i));
            samples.add(sample(
                    "slipway_run_duration_seconds_bucket",
                    names,
                    append(ended.labels(), bound),
                    ended.atMost().get(i)));
        }
        samples.add(sample("slipway_run_duration_seconds_bucket", names, append(ended.labels(), "+Inf"), ended.runs()));
        samples.add(sample("slipway_run_duration_seconds_count", RUN_LABELS, ended.labels(), ended.runs()));
        samples.add(sample("slipway_run_duration_seconds_sum", RUN_LABELS, ended.labels(), ended.seconds()));
        return samples;
    }

    private static List<String> append(List<String> labels, String last) {
        List<String> all = new ArrayList<>(labels);
        all.add(last);
        return all;
    }

    private static Collector.MetricFamilySamples family(
            String name, Collector.Type type, String help, List<Collector.MetricFamilySamples.Sample> samples) {
        return new Collector.MetricFamilySamples(name, type, help, samples);
    }

    private static Collector.MetricFamilySamples.Sample sample(
            String name, List<String> labelNames, List<String> labels, Number value) {
        return new Collector.MetricFamilySamples.Sample(name, labelNames, labels, value.doubleValue());
    }
}
