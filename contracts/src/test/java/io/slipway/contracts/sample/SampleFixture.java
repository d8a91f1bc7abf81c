package io.slipway.contracts.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the golden samples: {@code {"headers": {...}, "body": {...}}} as a record has them on Kafka. */
public record SampleFixture(String name, Map<String, String> headers, JsonNode body) {
    private static final Path FOLDER = Path.of("src/main/resources/samples/v1");
    private static final JsonMapper JSON = new JsonMapper();

    public static Stream<SampleFixture> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(SampleFixture::read).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sample of this name, such as {@code MigrationRequested} or {@code RunHeld.turn}. */
    public static SampleFixture named(String name) {
        return read(FOLDER.resolve(name + ".json"));
    }

    private static SampleFixture read(Path file) {
        try {
            JsonNode sample = JSON.readTree(file.toFile());
            Map<String, String> headers = new TreeMap<>();
            sample.get("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().textValue()));
            return new SampleFixture(
                    file.getFileName().toString().replaceAll("\\.json$", ""), headers, sample.get("body"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The part of the name before a variant. */
    public String typeName() {
        return name.split("\\.")[0];
    }

    public byte[] bytes() {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name;
    }
}
