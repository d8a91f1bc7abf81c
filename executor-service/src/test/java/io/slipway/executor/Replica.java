package io.slipway.executor;

import io.slipway.eventing.SharedServersResource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.PreferQueryMode;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** Receives the server's WAL by PostgreSQL's own protocol, as a standby does, and says how much of it it has replayed. */
final class Replica implements AutoCloseable {
    private final Connection connection;
    private final CompletableFuture<Void> work;
    private volatile boolean replays = true;
    private volatile boolean closed;

    private Replica(Connection connection) {
        this.connection = connection;
        this.work = CompletableFuture.runAsync(this::receive);
    }

    static Replica connect(String name) throws SQLException {
        var source = SharedServersResource.target();
        source.setApplicationName(name);
        source.setReplication("true");
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        source.setAssumeMinServerVersion("14");
        return new Replica(source.getConnection());
    }

    /** From now on it falls behind by all that is written. */
    void stopReplaying() {
        replays = false;
    }

    void catchUp() throws SQLException {
        replays = true;
        sendSomething();
    }

    /** It waits for something to replay; a server that nobody writes to logs something of its own only every 15 seconds. */
    private static void sendSomething() throws SQLException {
        try (var writer = SharedServersResource.target().getConnection();
                var statement = writer.createStatement()) {
            statement.execute("select pg_logical_emit_message(true, 'test', 'something to replay')");
        }
    }

    private void receive() {
        try (PGReplicationStream stream = start()) {
            while (!closed) {
                stream.read();
                LogSequenceNumber received = stream.getLastReceiveLSN();
                stream.setFlushedLSN(received);
                if (replays) {
                    stream.setAppliedLSN(received);
                }
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private PGReplicationStream start() throws SQLException {
        LogSequenceNumber now;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("IDENTIFY_SYSTEM")) {
            row.next();
            now = LogSequenceNumber.valueOf(row.getString("xlogpos"));
        }
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .physical()
                .withStartPosition(now)
                .withStatusInterval(100, TimeUnit.MILLISECONDS)
                .start();
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        sendSomething();
        work.join();
        connection.close();
    }
}
