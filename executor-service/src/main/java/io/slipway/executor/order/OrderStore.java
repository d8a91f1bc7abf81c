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
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * The orders of runs as far as there are any, without their plans, locked until the end of the transaction; in the order
     * of their ids, so that no two transactions wait for each other.
     */
    public List<Order> lock(Collection<RunId> runs) {
        String sql = """
                select run_id, target, kind, digest, state, started_at, stop_requested_by, stop_reason, stop_now
                  from execution_order where run_id = any(?) order by run_id for update
                """;
        try (var connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, ids(connection, runs));
            try (ResultSet row = select.executeQuery()) {
                List<Order> orders = new ArrayList<>();
                while (row.next()) {
                    orders.add(order(row));
                }
                return orders;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The orders of runs cannot be read: " + runs, e);
        }
    }

    /** Writes what has become of orders that the transaction has locked. */
    public void write(OrderBook book) {
        put(book.planned());
        save(book.moved());
        remove(book.removed());
    }

    /**
     * Stores orders with their plans; each replaces one of the same run that has not been released.
     *
     * @throws IllegalStateException when one has been released: it came into being after this transaction looked for it
     */
    void put(List<Content> contents) {
        String sql = """
                insert into execution_order
                    (run_id, target, kind, digest, state, plan, to_version, stop_requested_by, stop_reason, stop_now)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (run_id) do update
                   set digest = excluded.digest, state = excluded.state, plan = excluded.plan,
                       to_version = excluded.to_version, stop_requested_by = excluded.stop_requested_by,
                       stop_reason = excluded.stop_reason, stop_now = excluded.stop_now
                 where execution_order.state in ('Planned', 'Validated')
                """;
        if (contents.isEmpty()) {
            return;
        }
        try (var connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Content content : contents) {
                Order.Subject subject = content.order().subject();
                insert.setObject(1, subject.runId().value());
                insert.setString(2, subject.target().name());
                insert.setString(3, subject.kind().name());
                insert.setString(4, subject.plan().value());
                insert.setString(5, content.order().getClass().getSimpleName());
                insert.setString(6, json.writeValueAsString(content.plan()));
                insert.setString(
                        7,
                        content.toVersion() == null ? null : content.toVersion().value());
                setStop(insert, 8, content.order().stop());
                insert.addBatch();
            }
            if (Arrays.stream(insert.executeBatch()).anyMatch(rows -> rows != 1)) {
                throw new IllegalStateException("An order has been released before its plan could be stored.");
            }
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException("The plans of runs cannot be stored.", withoutValues(e));
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
     * Who asked to stop which of these runs, read without their plans: it is asked before every script.
     *
     * @throws Lost when the database does not tell
     */
    public Map<RunId, Order.Stop> stops(Collection<RunId> runs) {
        String sql = """
                select run_id, stop_requested_by, stop_reason, stop_now from execution_order
                 where run_id = any(?) and stop_requested_by is not null
                """;
        try (var connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, ids(connection, runs));
            try (ResultSet row = select.executeQuery()) {
                Map<RunId, Order.Stop> stops = new HashMap<>();
                while (row.next()) {
                    stops.put(new RunId(row.getObject("run_id", UUID.class)), Required.present("stop", stop(row)));
                }
                return stops;
            }
        } catch (SQLException e) {
            throw new Lost("Whether runs are to stop cannot be read: " + runs, e);
        }
    }

    /** Writes the state an order has reached. */
    public void save(Order order) {
        save(List.of(order));
    }

    private void save(List<Order> orders) {
        String sql = """
                update execution_order set state = ?, started_at = ?, stop_requested_by = ?, stop_reason = ?, stop_now = ?
                 where run_id = ?
                """;
        if (orders.isEmpty()) {
            return;
        }
        try (var connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            for (Order order : orders) {
                update.setString(1, order.getClass().getSimpleName());
                update.setTimestamp(
                        2, order instanceof Order.Running running ? Timestamp.from(running.startedAt()) : null);
                setStop(update, 3, order.stop());
                update.setObject(6, order.subject().runId().value());
                update.addBatch();
            }
            update.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException("The orders of runs cannot be updated.", withoutValues(e));
        }
    }

    /** Forgets a run; true for the one caller who removed it. */
    public boolean remove(RunId runId) {
        return remove(List.of(runId)) == 1;
    }

    private int remove(List<RunId> runs) {
        if (runs.isEmpty()) {
            return 0;
        }
        try (var connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from execution_order where run_id = any(?)")) {
            delete.setArray(1, ids(connection, runs));
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The orders of runs cannot be removed: " + runs, e);
        }
    }

    private static Array ids(Connection connection, Collection<RunId> runs) throws SQLException {
        return connection.createArrayOf("uuid", runs.stream().map(RunId::value).toArray());
    }

    private static void setStop(PreparedStatement statement, int at, Order.@Nullable Stop stop) throws SQLException {
        statement.setString(at, stop == null ? null : stop.requestedBy());
        statement.setString(at + 1, stop == null ? null : stop.reason());
        statement.setBoolean(at + 2, stop != null && stop.now());
    }

    /** A failed batch's own message repeats the statement with all values, which belong neither into a log nor a dead letter. */
    private static Exception withoutValues(Exception e) {
        return e instanceof BatchUpdateException && e.getCause() instanceof SQLException refusal ? refusal : e;
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
