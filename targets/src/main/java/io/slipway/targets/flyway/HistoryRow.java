package io.slipway.targets.flyway;

import io.slipway.contracts.MigrationVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code flyway_schema_history}.
 * @param version absent for repeatable migrations and for the creation of schemas
 * @param type Flyway's word: {@code SQL}, {@code BASELINE}, {@code DELETE}, {@code SCHEMA}, ...
 * @param checksum absent for baselines and deletions
 */
public record HistoryRow(
        int installedRank,
        @Nullable MigrationVersion version,
        String description,
        String type,
        String script,
        @Nullable Integer checksum,
        String installedBy,
        Instant installedOn,
        boolean success) {

    /** The row says that an earlier one counts no longer. */
    public boolean takesBack() {
        return type.equals("DELETE") || type.startsWith("UNDO");
    }

    /** The row is about a migration, not about the creation of a schema. */
    boolean migration() {
        return !type.equals("SCHEMA") && !takesBack();
    }
}
