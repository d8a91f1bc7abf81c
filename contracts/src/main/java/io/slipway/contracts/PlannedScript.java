package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One script of a plan, exactly as it will run.
 *
 * @param version absent for a repeatable one
 * @param checksum Flyway's CRC-32 of the script; for an undo script that of the migration it undoes, absent when unknown
 * @param transactional whether it runs in a transaction of its own
 * @param sqlConf the text of the {@code .sql.conf} beside it
 * @param undo the way back, where the project has one
 * @param undoConf the text of the {@code .sql.conf} beside the way back
 * @param resumesAt the statement, from 1, at which a script goes on that failed half-way; those before it have run and are
 *     unchanged. One more than there are when all have run. Absent for a script that runs from its beginning
 * @param batch whether it is marked to run in batches, each a transaction of its own; the executor runs it in no other way
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
        @Nullable Integer resumesAt,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean batch,
        @Nullable Derivation derived,
        @Nullable String undoConf) {

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
        if (resumesAt != null && (resumesAt < 1 || transactional)) {
            throw new IllegalArgumentException(
                    "'%s' is to resume at statement %d: only a script without a transaction does, from 1 on."
                            .formatted(name, resumesAt));
        }
        if (undoConf != null && undo == null) {
            throw new IllegalArgumentException("'%s' has settings for an undo script, and none.".formatted(name));
        }
        if (batch && transactional) {
            throw new IllegalArgumentException(
                    "'%s' cannot run in batches and in a transaction of its own as well.".formatted(name));
        }
    }

    /** One that people wrote and that runs as it is, from its beginning. */
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
        this(kind, version, description, name, checksum, transactional, sql, sqlConf, undo, null, false, null, null);
    }

    /** The same, to go on at a statement. */
    public PlannedScript resumedAt(int statement) {
        return with(statement, batch, derived, undoConf);
    }

    /** The same, to run in batches. */
    public PlannedScript inBatches() {
        return with(resumesAt, true, derived, undoConf);
    }

    /** The same, which nobody wrote. */
    public PlannedScript from(Derivation origin) {
        return with(resumesAt, batch, origin, undoConf);
    }

    /** The same, with the settings of its way back, where that has some. */
    public PlannedScript undoneUnder(@Nullable String conf) {
        return with(resumesAt, batch, derived, conf);
    }

    private PlannedScript with(
            @Nullable Integer statement, boolean batches, @Nullable Derivation origin, @Nullable String conf) {
        return new PlannedScript(
                kind,
                version,
                description,
                name,
                checksum,
                transactional,
                sql,
                sqlConf,
                undo,
                statement,
                batches,
                origin,
                conf);
    }

    /** How a person would call it: the version, or the description of a repeatable one. */
    @JsonIgnore
    public String label() {
        return version == null ? "R " + description : version.value();
    }
}
