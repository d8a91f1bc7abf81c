package io.slipway.audit.metrics;

import io.slipway.audit.jdbc.Query;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Sums the history up. One scan for each kind of figure, grouped by target and, with {@code rollup}, over all. */
@ApplicationScoped
class MetricsStore {
    /** The name under which the figures over all targets stand until they are taken out; no target is called so. */
    private static final String ALL = "";

    private static final String RUNS = """
            select coalesce(target, '') as target, coalesce(outcome, '') as outcome, count(*) as runs
            from run where ended_at is null or ended_at >= ?
            group by grouping sets ((target, outcome), (outcome))""";

    private static final String DURATIONS = """
            select coalesce(target, '') as target,
                   percentile_cont(0.5) within group (order by duration_ms) as p50,
                   percentile_cont(0.95) within group (order by duration_ms) as p95,
                   percentile_cont(0.5) within group (order by execution_ms) as x50,
                   percentile_cont(0.95) within group (order by execution_ms) as x95
            from run where ended_at >= ? and outcome <> 'REJECTED'
            group by rollup (target)""";

    private static final String CHANGES = """
            select coalesce(target, '') as target,
                   count(*) filter (where direction = 'APPLIED') as applied,
                   count(*) filter (where direction = 'UNDONE') as undone,
                   coalesce(sum(rows_affected), 0)::bigint as rows
            from applied_migration where at >= ?
            group by rollup (target)""";

    private static final String TABLES = """
            select distinct target, unnest(tables_modified) as name from run where ended_at >= ? order by 2""";

    private static final String LAST_ERRORS = """
            select distinct on (target) id, target, ended_at, failure ->> 'code' as code, failure ->> 'message' as message
            from run where outcome = 'FAILED' and ended_at >= ? and failure is not null
            order by target, ended_at desc""";

    private final DataSource database;

    MetricsStore(DataSource database) {
        this.database = database;
    }

    Metrics since(@Nullable Instant since) {
        Instant from = since == null ? Instant.EPOCH : since;
        Map<String, Draft> drafts = new TreeMap<>();
        drafts.put(ALL, new Draft());
        Query.of(database, RUNS, from).list(row -> {
            Draft draft = draft(drafts, row.text("target"));
            draft.count(row.text("outcome"), row.number("runs"));
            return draft;
        });
        Query.of(database, DURATIONS, from).list(row -> {
            Draft draft = draft(drafts, row.text("target"));
            draft.duration = new Metrics.Percentiles(row.maybeDecimal("p50"), row.maybeDecimal("p95"));
            draft.execution = new Metrics.Percentiles(row.maybeDecimal("x50"), row.maybeDecimal("x95"));
            return draft;
        });
        Query.of(database, CHANGES, from).list(row -> {
            Draft draft = draft(drafts, row.text("target"));
            draft.applied = row.number("applied");
            draft.undone = row.number("undone");
            draft.rows = row.number("rows");
            return draft;
        });
        Query.of(database, TABLES, from).list(row -> {
            draft(drafts, row.text("target")).tables.add(row.text("name"));
            return draft(drafts, ALL).tables.add(row.text("target") + ":" + row.text("name"));
        });
        Query.of(database, LAST_ERRORS, from).list(row -> {
            Metrics.LastError error = new Metrics.LastError(
                    row.uuid("id"), row.text("target"), row.instant("ended_at"), row.text("code"), row.text("message"));
            draft(drafts, error.target()).fail(error);
            draft(drafts, ALL).fail(error);
            return error;
        });
        return metrics(since, drafts);
    }

    private static Draft draft(Map<String, Draft> drafts, String target) {
        return drafts.computeIfAbsent(target, name -> new Draft());
    }

    private static Metrics metrics(@Nullable Instant since, Map<String, Draft> drafts) {
        Map<String, Metrics.Figures> targets = new LinkedHashMap<>();
        drafts.forEach((target, draft) -> targets.put(target, draft.figures()));
        Metrics.Figures overall = targets.remove(ALL);
        return new Metrics(since, overall == null ? new Draft().figures() : overall, targets);
    }

    /** The figures of one target while they are gathered. */
    private static final class Draft {
        private static final Metrics.Percentiles NONE = new Metrics.Percentiles(null, null);

        private final Map<String, Long> runs = new TreeMap<>();
        private final List<String> tables = new ArrayList<>();
        private long running;
        private Metrics.Percentiles duration = NONE;
        private Metrics.Percentiles execution = NONE;
        private long applied;
        private long undone;
        private long rows;
        private Metrics.@Nullable LastError lastError;

        void count(String outcome, long count) {
            if (outcome.isEmpty()) {
                running = count;
            } else {
                runs.put(outcome, count);
            }
        }

        void fail(Metrics.LastError error) {
            if (lastError == null || error.at().isAfter(lastError.at())) {
                lastError = error;
            }
        }

        Metrics.Figures figures() {
            return new Metrics.Figures(
                    running,
                    new TreeMap<>(runs),
                    duration,
                    execution,
                    applied,
                    undone,
                    rows,
                    List.copyOf(tables),
                    lastError);
        }
    }
}
