package io.slipway.backup.dump;

import io.slipway.contracts.Failure;
import java.nio.file.Path;
import java.time.Instant;

/** How an attempt to dump a target ended. */
public sealed interface DumpOutcome {

    /**
     * A dump on disk that was read back whole.
     *
     * @param entries how many entries {@code pg_restore --list} shows
     */
    record Dumped(
            Path file,
            long sizeBytes,
            String sha256,
            int entries,
            String tool,
            Instant started,
            Instant finished,
            Instant verified)
            implements DumpOutcome {}

    /**
     * No dump, and nothing of it left on disk.
     *
     * @param lasting whether another attempt would end the same way
     */
    record Refused(Failure failure, boolean lasting) implements DumpOutcome {

        /** Until someone changes something, it stays this way. */
        static Refused lasting(String code, String message, String remedy) {
            return new Refused(Failure.of(code, message, remedy), true);
        }

        /** Another attempt may succeed. */
        static Refused passing(String code, String message, String remedy) {
            return new Refused(Failure.of(code, message, remedy), false);
        }
    }
}
