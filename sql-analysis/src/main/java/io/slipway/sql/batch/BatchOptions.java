package io.slipway.sql.batch;

import io.slipway.sql.ast.Name;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the marker says: {@code slipway:batch table=orders key=id size=5000 pause=100ms}.
 *
 * @param table whose rows are changed, so that whoever reads the marker and whoever reads the statement mean the same
 * @param key the column by which batches are cut
 * @param size how many rows of the table a batch looks at
 * @param pause between two batches
 * @param maxLag how far replicas may fall behind; null for the executor's own setting
 * @param lockWait how long a batch may wait for a lock before it steps aside; null for the executor's own way
 */
public record BatchOptions(
        Name table,
        String key,
        int size,
        Duration pause,
        @Nullable Duration maxLag,
        @Nullable Duration lockWait) {
    static final int MAX_SIZE = 1_000_000;
    static final Duration MAX_WAIT = Duration.ofHours(1);
}
