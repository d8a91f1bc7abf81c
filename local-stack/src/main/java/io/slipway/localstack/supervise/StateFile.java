package io.slipway.localstack.supervise;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code state.json}: what runs, and where. The command line tool reads the addresses from it. */
final class StateFile {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Path file;

    StateFile(Path folder) {
        this.file = folder.resolve("state.json");
    }

    /**
     * The file's content.
     *
     * @param pid       of the process that supervises the stack
     * @param startedAt when that process started; a pid alone may have been given to another program since
     * @param ready     whether all services have been ready
     * @param kafka     bootstrap servers
     * @param database  URL of the target {@code default}
     * @param services  base URL of each service
     * @param processes the services' processes, so that the next start finds those that were left running
     */
    record State(
            long pid,
            long startedAt,
            boolean ready,
            @Nullable String kafka,
            @Nullable String database,
            Map<String, String> services,
            List<Recorded> processes) {

        Optional<Addresses> addresses() {
            return kafka == null || database == null
                    ? Optional.empty()
                    : Optional.of(new Addresses(kafka, database, services));
        }

        Recorded supervisor() {
            return new Recorded("the local stack", pid, startedAt);
        }
    }

    /**
     * A process that can be found again.
     *
     * @param startedAt seconds since the epoch
     */
    record Recorded(String name, long pid, long startedAt) {

        /** The kernel's start times move a little when the machine's clock is set. */
        private static final long TOLERANCE_SECONDS = 3;

        static Recorded of(String name, ProcessHandle process) {
            return new Recorded(name, process.pid(), startOf(process));
        }

        Optional<ProcessHandle> find() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> Math.abs(startOf(process) - startedAt) <= TOLERANCE_SECONDS);
        }

        private static long startOf(ProcessHandle process) {
            return process.info()
                    .startInstant()
                    .map(start -> start.getEpochSecond())
                    .orElse(0L);
        }
    }

    /** Nothing when there is no file; a file that cannot be understood counts as none, since it only helps. */
    Optional<State> read() {
        try {
            return Optional.of(JSON.readValue(Files.readString(file), State.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Replaces the file as a whole, so that a reader never sees half of it. */
    void write(State state) {
        var next = file.resolveSibling("state.json.next");
        try {
            Files.writeString(next, JSON.writeValueAsString(state));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A state cannot be written as JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }
}
