package io.slipway.eventing.inbox;

import io.slipway.contracts.cloudevents.Envelope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/** The event ids that this service has taken in. */
@ApplicationScoped
class InboxStore {
    private static final String RECORD = """
            insert into inbox (source, id)
            select source, id from unnest(?::text[], ?::text[]) as seen (source, id) order by source, id
            on conflict do nothing
            returning source, id
            """;
    private static final String PRUNE = """
            delete from inbox where received_at < ?
            """;

    private final DataSource dataSource;

    InboxStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Makes an event the one that it is. */
    record EventId(String source, String id) {
        static EventId of(Envelope envelope) {
            return new EventId(envelope.source(), envelope.id());
        }
    }

    /**
     * Waits for another transaction that is recording one of the same ids, so that only one of the two goes on with it; in
     * their order, so that no two wait for each other.
     *
     * @return those that were not there already
     */
    Set<EventId> record(List<Envelope> envelopes) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(RECORD)) {
            insert.setArray(1, texts(connection, envelopes, Envelope::source));
            insert.setArray(2, texts(connection, envelopes, Envelope::id));
            try (ResultSet row = insert.executeQuery()) {
                Set<EventId> unseen = new HashSet<>();
                while (row.next()) {
                    unseen.add(new EventId(row.getString(1), row.getString(2)));
                }
                return unseen;
            }
        }
    }

    private static Array texts(Connection connection, List<Envelope> envelopes, Function<Envelope, String> part)
            throws SQLException {
        return connection.createArrayOf("text", envelopes.stream().map(part).toArray());
    }

    int prune(Instant olderThan) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(PRUNE)) {
            delete.setObject(1, olderThan.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        }
    }
}
