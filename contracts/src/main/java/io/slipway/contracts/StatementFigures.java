package io.slipway.contracts;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What running one statement of a script came to.
 *
 * @param number from 1
 * @param line where it begins, from 1; 0 when unknown
 * @param kind its first word, such as {@code ALTER}
 * @param rowsAffected with those of triggers where {@code rows} are known, else as the statement itself says
 * @param rows absent where PostgreSQL could not tell
 * @param walBytes write-ahead log that the server wrote meanwhile, for all its sessions
 * @param attempts how often it was run, at least 1
 * @param lockWait how long it waited for locks, as far as it was seen
 */
public record StatementFigures(
        int number,
        int line,
        String kind,
        Duration took,
        @Nullable Long rowsAffected,
        @Nullable RowChanges rows,
        @Nullable Long walBytes,
        int attempts,
        Duration lockWait) {
    public StatementFigures {
        Required.present("kind", kind);
        Required.present("took", took);
        Required.present("lockWait", lockWait);
    }
}
