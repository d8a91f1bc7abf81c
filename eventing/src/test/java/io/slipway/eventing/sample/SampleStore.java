package io.slipway.eventing.sample;

import io.opentelemetry.api.trace.Span;
import io.slipway.contracts.cloudevents.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What the sample service has taken in and tried, in order. */
@ApplicationScoped
public class SampleStore {
    private final DataSource dataSource;

    SampleStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public void seen(Envelope envelope, String target, String detail) {
        execute(
                "insert into sample_seen (event_id, target, detail, trace_id) values (?, ?, ?, ?)",
                envelope.id(),
                target,
                detail,
                traceId());
    }

    public void attempted(String taskId) {
        execute("insert into sample_attempt (task_id, trace_id) values (?, ?)", taskId, traceId());
    }

    public List<String> detailsSeen(String target) {
        return query("select detail from sample_seen where target = ? order by seq", target);
    }

    public List<String> tracesOfAttempts(String taskId) {
        return query("select trace_id from sample_attempt where task_id = ? order by seq", taskId);
    }

    public List<String> scheduled(String taskId) {
        return query("select task_name from scheduled_tasks where task_instance = ?", taskId);
    }

    public void execute(String sql, Object... parameters) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> query(String sql, String parameter) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var row = statement.executeQuery()) {
                List<String> values = new ArrayList<>();
                while (row.next()) {
                    values.add(row.getString(1));
                }
                return values;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String traceId() {
        return Span.current().getSpanContext().getTraceId();
    }
}
