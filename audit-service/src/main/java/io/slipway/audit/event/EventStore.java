package io.slipway.audit.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.audit.jdbc.Batch;
import io.slipway.audit.jdbc.Jsonb;
import io.slipway.audit.jdbc.Query;
import io.slipway.audit.jdbc.Row;
import io.slipway.contracts.cloudevents.EventJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The append-only table {@code event}; the database itself refuses anything but inserts. */
@ApplicationScoped
class EventStore {
    private static final ObjectMapper JSON = EventJson.mapper();

    /** Bodies may be megabytes, so a page is bounded by their sum as well: as PostgreSQL keeps them, compressed. */
    private static final long MAX_PAGE_BYTES = 4L * 1024 * 1024;

    private final DataSource database;

    EventStore(DataSource database) {
        this.database = database;
    }

    /**
     * @return those that were not there already, by source and id; in the same order
     */
    List<ReceivedEvent> append(List<ReceivedEvent> received) {
        Batch batch = Batch.on(database);
        received.forEach(event -> batch.add(
                """
                insert into event (source, id, type, subject, target, run_id, time, topic,
                                   record_partition, record_offset, headers, body, raw)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)
                on conflict (source, id) do nothing""",
                event.envelope().source(),
                event.envelope().id(),
                event.type(),
                event.envelope().subject(),
                event.target(),
                event.runId(),
                event.envelope().time(),
                event.place().topic(),
                event.place().partition(),
                event.place().offset(),
                new Jsonb(json(event.headers())),
                event.body().json(),
                event.body().raw()));
        List<Integer> inserted = batch.run();
        return IntStream.range(0, received.size())
                .filter(i -> inserted.get(i) == 1)
                .mapToObj(received::get)
                .toList();
    }

    /** Holds back every append until the end of the caller's transaction. */
    void holdAppends() {
        Query.of(database, "lock table event in share mode").update();
    }

    /** The next events in the order in which they came. */
    List<Replayed> after(long seq, int limit) {
        return Query.of(database, """
                        select seq, type, source, id, subject, time, headers, body, raw
                        from event where seq > ? order by seq limit ?""", seq, limit).list(EventStore::replayed);
    }

    /**
     * @param run absent means the events of all runs
     */
    List<EventView> page(@Nullable UUID run, long afterSeq, int limit) {
        String sql = """
                with page as (
                    select e.* from event e
                    where e.seq > ? and %s
                    order by e.seq limit ?),
                sized as (
                    select page.*,
                           sum(coalesce(pg_column_size(body), 0) + coalesce(octet_length(raw), 0)) over (order by seq)
                               as bytes,
                           row_number() over (order by seq) as n
                    from page)
                select * from sized where bytes <= ? or n = 1 order by seq""";
        return run == null
                ? Query.of(database, sql.formatted("true"), afterSeq, limit, MAX_PAGE_BYTES)
                        .list(EventStore::view)
                : Query.of(database, sql.formatted("e.run_id = ?"), afterSeq, run, limit, MAX_PAGE_BYTES)
                        .list(EventStore::view);
    }

    private static Replayed replayed(Row row) throws SQLException {
        Map<String, String> headers = new HashMap<>(headers(row.text("headers")));
        headers.put("ce_time", row.instant("time").toString());
        byte[] body = new StoredBody(row.maybeText("body"), row.maybeBytes("raw")).bytes();
        return new Replayed(row.number("seq"), headers, body);
    }

    private static EventView view(Row row) throws SQLException {
        byte[] raw = row.maybeBytes("raw");
        return new EventView(
                row.number("seq"),
                row.text("source"),
                row.text("id"),
                row.text("type"),
                row.text("subject"),
                row.maybeText("target"),
                row.maybeUuid("run_id"),
                row.instant("time"),
                row.instant("received_at"),
                row.text("topic"),
                (int) row.number("record_partition"),
                row.number("record_offset"),
                row.text("headers"),
                row.maybeText("body"),
                raw == null ? null : new String(raw, StandardCharsets.UTF_8));
    }

    private static String json(Map<String, String> headers) {
        try {
            return JSON.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of texts can always be written as JSON.", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> headers(String json) {
        try {
            return JSON.readValue(json, Map.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The headers of a stored event are no JSON object: " + json, e);
        }
    }

    /** A stored event as the codec reads it. */
    @SuppressWarnings("ArrayRecordComponent") // passed on at once: never compared
    record Replayed(long seq, Map<String, String> headers, byte @Nullable [] body) {}
}
