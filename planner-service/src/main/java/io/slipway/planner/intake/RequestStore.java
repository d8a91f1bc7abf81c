package io.slipway.planner.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.RunId;
import io.slipway.contracts.cloudevents.Envelope;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.eventing.Lost;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table {@code request}. */
@ApplicationScoped
class RequestStore {
    private static final String FIRST = """
            select sha256, run, rejection from request where source = ? and id = ? and first
            """;
    private static final String ADD = """
            insert into request (source, id, sha256, first, run, rejection) values (?, ?, ?, ?, ?, ?::json)
            on conflict do nothing
            """;
    private static final String REJECT = """
            update request set run = null, rejection = ?::json where source = ? and id = ? and first
            """;

    private final ObjectMapper mapper = EventJson.mapper();
    private final DataSource dataSource;

    RequestStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The request that came first under this source and id. */
    Optional<Known> find(Envelope envelope) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(FIRST)) {
            query.setString(1, envelope.source());
            query.setString(2, envelope.id());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(known(row)) : Optional.empty();
            }
        } catch (SQLException | JsonProcessingException e) {
            throw new Lost("The requests could not be read", e);
        }
    }

    /** As {@link #find}, for a key that has been claimed. */
    Known get(Envelope envelope) {
        return find(envelope)
                .orElseThrow(() -> new IllegalStateException("The key '%s' of source '%s' was claimed and is gone."
                        .formatted(envelope.id(), envelope.source())));
    }

    /**
     * Writes the request down as accepted unless one came before it under this key; waits for another transaction that is
     * doing so.
     *
     * @return whether it is the first
     */
    boolean claim(Envelope envelope, String sha256, @Nullable RunId run) {
        return add(envelope, sha256, true, run, null);
    }

    /** What was claimed in this transaction did not become a run. */
    void rejected(Envelope envelope, Rejection rejection) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(REJECT)) {
            update.setString(1, mapper.writeValueAsString(rejection));
            update.setString(2, envelope.source());
            update.setString(3, envelope.id());
            update.executeUpdate();
        } catch (SQLException | JsonProcessingException e) {
            throw new Lost("The requests could not be written", e);
        }
    }

    /** False when this content was refused under this key before. */
    boolean conflicting(Envelope envelope, String sha256, Rejection rejection) {
        return add(envelope, sha256, false, null, rejection);
    }

    private boolean add(
            Envelope envelope, String sha256, boolean first, @Nullable RunId run, @Nullable Rejection rejection) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setString(1, envelope.source());
            insert.setString(2, envelope.id());
            insert.setString(3, sha256);
            insert.setBoolean(4, first);
            insert.setObject(5, run == null ? null : run.value());
            insert.setString(6, rejection == null ? null : mapper.writeValueAsString(rejection));
            return insert.executeUpdate() == 1;
        } catch (SQLException | JsonProcessingException e) {
            throw new Lost("The request could not be written", e);
        }
    }

    private Known known(ResultSet row) throws SQLException, JsonProcessingException {
        UUID run = row.getObject("run", UUID.class);
        String rejection = row.getString("rejection");
        return new Known(
                row.getString("sha256"),
                run == null ? null : new RunId(run),
                rejection == null ? null : mapper.readValue(rejection, Rejection.class));
    }

    /** Has a run, or a rejection. */
    record Known(
            String sha256, @Nullable RunId run, @Nullable Rejection rejection) {}
}
