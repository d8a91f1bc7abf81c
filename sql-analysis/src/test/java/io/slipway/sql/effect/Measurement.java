package io.slipway.sql.effect;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a PostgreSQL server did with one statement, as {@code ./slipway bench locks} has measured it.
 *
 * @param pre a statement that came first, such as SET
 * @param rewritten relations that got new files
 * @param created new relations with files
 * @param scanned rows read in full scans, by table
 * @param dropped locks on relations that the statement dropped
 * @param renamed names before, by those after
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Measurement(
        String stmt,
        @Nullable String pre,
        List<Lock> locks,
        List<String> rewritten,
        List<String> created,
        @JsonProperty("seq_tuples_scanned") Map<String, Integer> scanned,
        @Nullable String error,
        boolean transactional,
        @Nullable List<Lock> dropped,
        @Nullable Map<String, String> renamed) {

    /** One entry of pg_locks. */
    record Lock(String rel, String kind, String mode) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Measurement> of(int major) {
        return resource("/locks/pg%d-locks.jsonl".formatted(major))
                .lines()
                .map(Measurement::read)
                .toList();
    }

    static String resource(String path) {
        try (InputStream in = Objects.requireNonNull(Measurement.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Measurement read(String line) {
        try {
            return JSON.readValue(line, Measurement.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return pre == null ? stmt : pre + "; " + stmt;
    }
}
