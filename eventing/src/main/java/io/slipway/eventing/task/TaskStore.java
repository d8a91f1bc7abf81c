package io.slipway.eventing.task;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SortedMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The two statements on db-scheduler's table that must take part in a transaction of ours. Its own client looks before
 * it inserts, and its own repository commits, which a connection in a JTA transaction refuses.
 */
@ApplicationScoped
class TaskStore {
    private static final String ADD = """
            insert into scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, version)
            values (?, ?, ?, ?, false, 1)
            on conflict do nothing
            """;
    private static final String REMOVE = """
            delete from scheduled_tasks where task_name = ? and task_instance = ? and version = ?
            """;

    private final DataSource dataSource;

    TaskStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Adds those that are not scheduled already, in the order of their ids, so that no two transactions wait for each other.
     *
     * @param data by id
     */
    void add(String name, SortedMap<String, byte @Nullable []> data, Instant at) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(ADD)) {
            for (var task : data.entrySet()) {
                insert.setString(1, name);
                insert.setString(2, task.getKey());
                insert.setBytes(3, task.getValue());
                insert.setObject(4, at.atOffset(ZoneOffset.UTC));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** False when it is no longer this attempt that holds the task. */
    boolean remove(String name, String id, long version) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(REMOVE)) {
            delete.setString(1, name);
            delete.setString(2, id);
            delete.setLong(3, version);
            return delete.executeUpdate() == 1;
        }
    }
}
