package io.slipway.executor.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.eventing.Lost;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Orders and their plans, one row each, from the plan until the run has ended. */
@ApplicationScoped
public class OrderStore {
    private final DataSource dataSource;
    private final ObjectMapper json = EventJson.mapper();

    public OrderStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The content of an order.
     *
     * @param toVersion where a rollback ends, absent for a migration or when nothing is left
     */
    public record Content(Order order, Plan plan, @Nullable MigrationVersion toVersion) {}

    /** Takes a plan down; a newer plan of the same run replaces one that has not been released. */
    public void put(Order.Planned order, Plan plan, @Nullable MigrationVersion toVersion) {
        String sql = """
                insert into execution_order (run_id, target, kind, digest, state, plan, to_version)
                values (?, ?, ?, ?, 'Planned', ?, ?)
                on conflict (run_id) do update
                   set digest = excluded.digest, state = 'Planned', plan = excluded.plan, to_version = excluded.to_version
                 where execution_order.state in ('Planned', 'Validated')
                """;
        try (var connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, order.subject().runId().value());
            insert.setString(2, order.subject().target().name());
            insert.setString(3, order.subject().kind().name());
            insert.setString(4, order.subject().plan().value());
            insert.setString(5, json.writeValueAsString(plan));
            insert.setString(6, toVersion == null ? null : toVersion.value());
            insert.executeUpdate();
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException("The plan of run " + order.subject().runId() + " cannot be stored.", e);
        }
    }

    /** The order of a run, locked until the end of the transaction. */
    public Optional<Order> lock(RunId runId) {
        String sql = "select * from execution_order where run_id = ? for update";
        try (var connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, runId.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(order(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The order of run " + runId + " cannot be read.", e);
        }
    }

    public Optional<Content> find(RunId runId) {
        String sql = "select * from execution_order where run_id = ?";
        try (var connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, runId.value());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String toVersion = row.getString("to_version");
                return Optional.of(new Content(
                        order(row),
                        json.readValue(row.getString("plan"), Plan.class),
                        toVersion == null ? null : new MigrationVersion(toVersion)));
            }
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException("The order of run " + runId + " cannot be read.", e);
        }
    }

    /**
     * Who asked to stop a run, read without its plan: it is asked before every script.
     *
     * @throws Lost when the database does not tell
     */
    public Optional<Order.Stop> stop(RunId runId) {
        String sql = "select stop_requested_by, stop_reason, stop_now from execution_order where run_id = ?";
        try (var connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, runId.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable(stop(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new Lost("Whether run " + runId + " is to stop cannot be read", e);
        }
    }

    /** Writes the state an order has reached. */
    public void save(Order order) {
        String sql = """
                update execution_order set state = ?, started_at = ?, stop_requested_by = ?, stop_reason = ?, stop_now = ?
                 where run_id = ?
                """;
        Order.Stop stop = order.stop();
        try (var connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, order.getClass().getSimpleName());
            update.setTimestamp(2, order instanceof Order.Running running ? Timestamp.from(running.startedAt()) : null);
            update.setString(3, stop == null ? null : stop.requestedBy());
            update.setString(4, stop == null ? null : stop.reason());
            update.setBoolean(5, stop != null && stop.now());
            update.setObject(6, order.subject().runId().value());
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The order of run " + order.subject().runId() + " cannot be updated.", e);
        }
    }

    /** Forgets a run; true for the one caller who removed it. */
    public boolean remove(RunId runId) {
        try (var connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from execution_order where run_id = ?")) {
            delete.setObject(1, runId.value());
            return delete.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException("The order of run " + runId + " cannot be removed.", e);
        }
    }

    private static Order order(ResultSet row) throws SQLException {
        Order.Subject subject = new Order.Subject(
                new RunId(row.getObject("run_id", UUID.class)),
                new TargetId(row.getString("target")),
                Plan.Kind.valueOf(row.getString("kind")),
                new PlanDigest(row.getString("digest")));
        String state = row.getString("state");
        return switch (state) {
            case "Planned" -> new Order.Planned(subject);
            case "Validated" -> new Order.Validated(subject);
            case "Released" -> new Order.Released(subject, stop(row));
            case "Ready" -> new Order.Ready(subject, stop(row));
            case "Running" -> new Order.Running(subject, startedAt(row), stop(row));
            default -> throw new IllegalStateException("No order is in a state '%s'.".formatted(state));
        };
    }

    private static Order.@Nullable Stop stop(ResultSet row) throws SQLException {
        String requestedBy = row.getString("stop_requested_by");
        return requestedBy == null
                ? null
                : new Order.Stop(requestedBy, row.getString("stop_reason"), row.getBoolean("stop_now"));
    }

    private static Instant startedAt(ResultSet row) throws SQLException {
        return Required.present("started_at", row.getTimestamp("started_at")).toInstant();
    }
}
