package io.slipway.executor.slot;

import io.slipway.contracts.RunId;
import io.slipway.eventing.Lost;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
     * Makes the transaction the only one that changes the slots of a server, on whichever executor. To be held before any
     * row is touched, and after the lock of an order, never before.
     */
    void lock(String server) {
        String sql = "select pg_advisory_xact_lock(hashtext('slipway.executor.slot'), hashtext(?))";
        try (var connection = dataSource.getConnection();
                PreparedStatement lock = connection.prepareStatement(sql)) {
            lock.setString(1, server);
            lock.execute();
        } catch (SQLException e) {
            throw new Lost("The slots of " + server + " could not be locked", e);
        }
    }

    /** Puts a run at the end of a server's line, unless it stands there already. */
    void add(RunId run, String server) {
        String sql = "insert into execution_slot (run_id, server) values (?, ?) on conflict (run_id) do nothing";
        try (var connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, run.value());
            insert.setString(2, server);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new Lost("A run could not be put in line for " + server, e);
        }
    }

    /** The server at which a run waits, or holds a slot. */
    Optional<String> server(RunId run) {
        String sql = "select server from execution_slot where run_id = ?";
        try (var connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, run.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new Lost("The slot of a run could not be read", e);
        }
    }

    /** Gives a run's slot, or its place in the line, back. */
    void remove(RunId run) {
        try (var connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from execution_slot where run_id = ?")) {
            delete.setObject(1, run.value());
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new Lost("The slot of a run could not be given back", e);
        }
    }

    /** Gives the free slots of a server to those who came first; returns them. */
    List<RunId> take(String server, int slots) {
        String sql = """
                update execution_slot set taken_at = now()
                 where run_id in (
                    select run_id from execution_slot
                     where server = ? and taken_at is null
                     order by place
                     limit greatest(0, ? - (
                        select count(*) from execution_slot where server = ? and taken_at is not null)))
                returning run_id
                """;
        try (var connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, server);
            update.setInt(2, slots);
            update.setString(3, server);
            try (ResultSet row = update.executeQuery()) {
                List<RunId> taken = new ArrayList<>();
                while (row.next()) {
                    taken.add(new RunId(row.getObject(1, UUID.class)));
                }
                return taken;
            }
        } catch (SQLException e) {
            throw new Lost("The slots of " + server + " could not be given", e);
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
}
