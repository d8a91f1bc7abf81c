package io.slipway.executor.slot;

import io.slipway.contracts.RunId;
import io.slipway.eventing.Lost;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** The slots of all servers, one row for each run that waits for one or holds one. Works in the caller's transaction. */
@ApplicationScoped
class SlotStore {
    private final DataSource dataSource;

    SlotStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Makes the transaction the only one that changes the slots of these servers, on whichever executor. To be held before
     * any row is touched, and after the locks of orders, never before. Whoever holds several has taken them in one order.
     */
    void lock(Collection<String> servers) {
        String sql = """
                select pg_advisory_xact_lock(hashtext('slipway.executor.slot'), server)
                  from (select distinct hashtext(name) as server from unnest(?::text[]) as name order by 1) as servers
                """;
        try (var connection = dataSource.getConnection();
                PreparedStatement lock = connection.prepareStatement(sql)) {
            lock.setArray(1, texts(connection, servers));
            lock.execute();
        } catch (SQLException e) {
            throw new Lost("The slots of %s could not be locked".formatted(servers), e);
        }
    }

    /**
     * Puts runs at the end of their servers' lines, unless they stand there already.
     *
     * @param servers by run, in the order of their places
     */
    void add(SequencedMap<RunId, String> servers) {
        String sql = "insert into execution_slot (run_id, server) values (?, ?) on conflict (run_id) do nothing";
        if (servers.isEmpty()) {
            return;
        }
        try (var connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            for (var place : servers.entrySet()) {
                insert.setObject(1, place.getKey().value());
                insert.setString(2, place.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new Lost("Runs could not be put in line for their servers", e);
        }
    }

    /** The servers at which runs wait, or hold a slot. */
    Set<String> servers(Collection<RunId> runs) {
        if (runs.isEmpty()) {
            return Set.of();
        }
        try (var connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select server from execution_slot where run_id = any(?)")) {
            select.setArray(1, ids(connection, runs));
            try (ResultSet row = select.executeQuery()) {
                Set<String> servers = new HashSet<>();
                while (row.next()) {
                    servers.add(row.getString(1));
                }
                return servers;
            }
        } catch (SQLException e) {
            throw new Lost("The slots of runs could not be read", e);
        }
    }

    /** Gives the slots of runs, or their places in the line, back. */
    void remove(Collection<RunId> runs) {
        if (runs.isEmpty()) {
            return;
        }
        try (var connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from execution_slot where run_id = any(?)")) {
            delete.setArray(1, ids(connection, runs));
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new Lost("The slots of runs could not be given back", e);
        }
    }

    /**
     * Gives the free slots of servers to those who came first; returns them.
     *
     * @param slots how many each server has
     */
    List<RunId> take(Map<String, Integer> slots) {
        String sql = """
                update execution_slot set taken_at = now()
                 where run_id in (
                    select first.run_id
                      from unnest(?::text[], ?::int[]) as bound (server, slots)
                     cross join lateral (
                        select run_id from execution_slot
                         where server = bound.server and taken_at is null
                         order by place
                         limit greatest(0, bound.slots - (
                            select count(*) from execution_slot
                             where server = bound.server and taken_at is not null))) as first)
                returning run_id
                """;
        List<Map.Entry<String, Integer>> bounds = List.copyOf(slots.entrySet());
        try (var connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setArray(
                    1, texts(connection, bounds.stream().map(Map.Entry::getKey).toList()));
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "int4", bounds.stream().map(Map.Entry::getValue).toArray()));
            try (ResultSet row = update.executeQuery()) {
                List<RunId> taken = new ArrayList<>();
                while (row.next()) {
                    taken.add(new RunId(row.getObject(1, UUID.class)));
                }
                return taken;
            }
        } catch (SQLException e) {
            throw new Lost("The slots of %s could not be given".formatted(slots.keySet()), e);
        }
    }

    /** Servers with runs that wait. */
    List<String> contended() {
        String sql = "select distinct server from execution_slot where taken_at is null";
        try (var connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            List<String> servers = new ArrayList<>();
            while (row.next()) {
                servers.add(row.getString(1));
            }
            return servers;
        } catch (SQLException e) {
            throw new Lost("The slots could not be read", e);
        }
    }

    private static Array ids(Connection connection, Collection<RunId> runs) throws SQLException {
        return connection.createArrayOf("uuid", runs.stream().map(RunId::value).toArray());
    }

    private static Array texts(Connection connection, Collection<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
