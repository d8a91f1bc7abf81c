package io.slipway.audit.metrics;

import io.slipway.audit.jdbc.Query;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Counts the ended runs for Prometheus. */
@ApplicationScoped
class RunMetricsStore {
    private static final String RUNS = """
            select target, outcome, coalesce(kind, 'UNKNOWN') as kind, count(*) as runs,
                   coalesce(sum(duration_ms), 0) / 1000.0 as seconds, %s
            from run where ended_at is not null
            group by 1, 2, 3 order by 1, 2, 3""".formatted(IntStream.range(0, RunMetrics.BUCKETS.size())
            .mapToObj(i -> "count(*) filter (where duration_ms <= %d) as b%d"
                    .formatted((long) (RunMetrics.BUCKETS.get(i) * 1000), i))
            .collect(Collectors.joining(", ")));

    private static final String ROWS = """
            select target, coalesce(sum(rows_affected), 0)::bigint as rows,
                   coalesce(sum(wal_bytes), 0)::bigint as wal_bytes,
                   (coalesce(sum(lock_wait_ms), 0) / 1000.0)::double precision as lock_wait
            from applied_migration group by target order by target""";

    private static final String FAILURES = """
            select target, extract(epoch from max(ended_at))::double precision as at
            from run where outcome = 'FAILED' group by target order by target""";

    private final DataSource database;

    RunMetricsStore(DataSource database) {
        this.database = database;
    }

    RunMetrics read() {
        return new RunMetrics(
                Query.of(database, RUNS).list(row -> {
                    List<Long> atMost = new ArrayList<>();
                    for (int i = 0; i < RunMetrics.BUCKETS.size(); i++) {
                        atMost.add(row.number("b" + i));
                    }
                    return new RunMetrics.Ended(
                            row.text("target"),
                            row.text("outcome"),
                            row.text("kind"),
                            row.number("runs"),
                            row.decimal("seconds"),
                            atMost);
                }),
                Query.of(database, ROWS)
                        .list(row -> new RunMetrics.Changed(
                                row.text("target"),
                                row.number("rows"),
                                row.number("wal_bytes"),
                                row.decimal("lock_wait"))),
                Query.of(database, FAILURES).list(row -> new RunMetrics.Failed(row.text("target"), row.decimal("at"))));
    }
}
