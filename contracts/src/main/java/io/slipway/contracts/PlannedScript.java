package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * One script of a plan, exactly as it will run.
 *
 * @param version absent for a repeatable one
 * @param checksum Flyway's CRC-32 of the script; for an undo script that of the migration it undoes, absent when unknown
 * @param transactional whether it runs in a transaction of its own
 * @param sqlConf the text of the {@code .sql.conf} beside it
 * @param undo the way back, where the project has one
 * @param derived where an undo script comes from that nobody wrote; absent for those that people did
 */
public record PlannedScript(
        Kind kind,
        @Nullable MigrationVersion version,
        String description,
        String name,
        @Nullable Integer checksum,
        boolean transactional,
        String sql,
        @Nullable String sqlConf,
        @Nullable ScriptFile undo,
        @Nullable Derivation derived) {

    /** What Flyway takes the script for. */
    public enum Kind {
        VERSIONED,
        REPEATABLE,
        UNDO
    }

    public PlannedScript {
        Required.present("kind", kind);
        Required.present("description", description);
        Required.text("name", name, 500);
        Required.present("sql", sql);
        if ((version == null) != (kind == Kind.REPEATABLE)) {
            throw new IllegalArgumentException(
                    "'%s' is %s: exactly the repeatable scripts have no version.".formatted(name, kind));
        }
    }

    /** One that people wrote. */
    public PlannedScript(
            Kind kind,
            @Nullable MigrationVersion version,
            String description,
            String name,
            @Nullable Integer checksum,
            boolean transactional,
            String sql,
            @Nullable String sqlConf,
            @Nullable ScriptFile undo) {
        this(kind, version, description, name, checksum, transactional, sql, sqlConf, undo, null);
    }

    /** How a person would call it: the version, or the description of a repeatable one. */
    @JsonIgnore
    public String label() {
        return version == null ? "R " + description : version.value();
    }
}
