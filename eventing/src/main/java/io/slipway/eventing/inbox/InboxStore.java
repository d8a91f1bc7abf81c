package io.slipway.eventing.inbox;

import io.slipway.contracts.cloudevents.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** The event ids that this service has taken in. */
@ApplicationScoped
class InboxStore {
    private static final String RECORD = """
            insert into inbox (source, id) values (?, ?) on conflict do nothing
            """;
    private static final String PRUNE = """
            delete from inbox where received_at < ?
            """;

    private final DataSource dataSource;

    InboxStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Waits for another transaction that is recording the same id, so that only one of the two goes on. */
    boolean record(Envelope envelope) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(RECORD)) {
            insert.setString(1, envelope.source());
            insert.setString(2, envelope.id());
            return insert.executeUpdate() == 1;
        }
    }

    int prune(Instant olderThan) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(PRUNE)) {
            delete.setObject(1, olderThan.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        }
    }
}
