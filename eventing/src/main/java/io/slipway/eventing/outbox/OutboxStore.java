package io.slipway.eventing.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.cloudevents.EncodedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The records that wait for Kafka. */
@ApplicationScoped
class OutboxStore {
    private static final String ADD = """
            insert into outbox (topic, key, headers, body) values (?, ?, ?::jsonb, ?)
            """;
    /**
     * An advisory lock that ends with the transaction makes one relay per service the leader. Unlike row locks it
     * blocks no writer, and it cannot outlive its owner.
     */
    private static final String TRY_LEAD = """
            select pg_try_advisory_xact_lock(hashtext('slipway.outbox'), hashtext(current_schema()))
            """;
    /** The first record always counts, so that one above the byte limit goes out alone. */
    private static final String NEXT = """
            select seq, topic, key, headers, body
            from outbox
            where seq in (
                select seq
                from (
                    select seq, row_number() over (order by seq) as place, sum(octet_length(body)) over (order by seq) as bytes
                    from (select seq, body from outbox order by seq limit ?) as head
                ) as measured
                where place = 1 or bytes <= ?
            )
            order by seq
            """;

    private static final String REMOVE = """
            delete from outbox where seq = any (?)
            """;

    private final ObjectMapper mapper = new ObjectMapper();
    private final DataSource dataSource;

    OutboxStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    void add(String topic, EncodedEvent event) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setString(1, topic);
            insert.setString(2, event.key());
            insert.setString(3, json(event.headers()));
            insert.setBytes(4, event.body());
            insert.executeUpdate();
        }
    }

    boolean tryLead() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement lock = connection.prepareStatement(TRY_LEAD);
                ResultSet row = lock.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    List<OutboxRecord> next(int size, long bytes) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(NEXT)) {
            select.setInt(1, size);
            select.setLong(2, bytes);
            try (ResultSet row = select.executeQuery()) {
                List<OutboxRecord> batch = new ArrayList<>();
                while (row.next()) {
                    batch.add(new OutboxRecord(
                            row.getLong("seq"),
                            row.getString("topic"),
                            row.getString("key"),
                            headers(row.getString("headers")),
                            row.getBytes("body")));
                }
                return batch;
            }
        }
    }

    void remove(List<OutboxRecord> batch) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(REMOVE)) {
            delete.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint", batch.stream().map(OutboxRecord::seq).toArray()));
            delete.executeUpdate();
        }
    }

    private String json(Map<String, String> headers) {
        try {
            return mapper.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Headers of text cannot fail as JSON: " + headers.keySet(), e);
        }
    }

    private Map<String, String> headers(String json) {
        try {
            return mapper.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The headers of an outbox row are no JSON object of text: " + json, e);
        }
    }
}
