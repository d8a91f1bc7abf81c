package io.slipway.contracts;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One migration that was applied, or undone, and what it did.
 *
 * @param rowsAffected rows inserted, updated and deleted; absent when PostgreSQL could not tell, as for scripts that run
 *     outside a transaction
 * @param tablesModified the tables whose rows it changed, schema-qualified and sorted
 * @param figures what running it came to; absent when it was not measured
 */
public record AppliedMigration(
        @Nullable MigrationVersion version,
        String description,
        String script,
        @Nullable Integer checksum,
        boolean transactional,
        int statements,
        @Nullable Long rowsAffected,
        List<String> tablesModified,
        Duration took,
        @Nullable Figures figures) {

    public AppliedMigration {
        Required.present("description", description);
        Required.present("script", script);
        tablesModified = List.copyOf(tablesModified);
        Required.present("took", took);
    }

    /** One that was not measured. */
    public AppliedMigration(
            @Nullable MigrationVersion version,
            String description,
            String script,
            @Nullable Integer checksum,
            boolean transactional,
            int statements,
            @Nullable Long rowsAffected,
            List<String> tablesModified,
            Duration took) {
        this(
                version,
                description,
                script,
                checksum,
                transactional,
                statements,
                rowsAffected,
                tablesModified,
                took,
                null);
    }

    /** The same, with what running it came to. */
    public AppliedMigration with(@Nullable Figures measured) {
        return new AppliedMigration(
                version,
                description,
                script,
                checksum,
                transactional,
                statements,
                rowsAffected,
                tablesModified,
                took,
                measured);
    }
}
