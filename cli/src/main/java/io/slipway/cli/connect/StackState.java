package io.slipway.cli.connect;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.output.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the local stack wrote down about itself: {@code .slipway/state.json} beside the {@code slipway} script, else here or
 * in a folder above.
 */
final class StackState {
    private static final Path FILE = Path.of(".slipway", "state.json");

    private StackState() {}

    static Optional<URI> addressOf(Service service, Path directory) {
        return Stream.concat(
                        Stream.ofNullable(System.getProperty("slipway.home")).map(Path::of),
                        Stream.iterate(directory.toAbsolutePath(), folder -> folder != null, Path::getParent))
                .map(folder -> folder.resolve(FILE))
                .filter(Files::isRegularFile)
                .findFirst()
                .flatMap(StackState::read)
                .map(state -> state.path("services").path(service.label()).asText(""))
                .filter(address -> address.startsWith("http"))
                .map(URI::create);
    }

    /** The file only helps: one that cannot be read counts as none. */
    private static Optional<JsonNode> read(Path file) {
        try {
            return Optional.of(Json.mapper().readTree(Files.readString(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
