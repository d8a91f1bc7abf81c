package io.slipway.audit.run;

import java.util.Locale;

/** What the events decide of a row of table {@code run}. */
enum RunColumn {
    TARGET,
    KIND,
    STATE,
    OUTCOME,
    REQUEST_ID,
    REQUEST_SOURCE,
    REQUEST_TYPE,
    REQUESTED_BY,
    REASON,
    CHANGE_REFERENCE,
    DRY_RUN,
    FORCE,
    DIGEST,
    FROM_VERSION,
    TO_VERSION,
    SCRIPTS,
    RISK,
    REVERSIBILITY,
    STATE_LEFT,
    ROWS_AFFECTED,
    TABLES_MODIFIED,
    CREATED_AT,
    STARTED_AT,
    ENDED_AT,
    EXECUTION_MS,
    REVISION,
    VERDICT(true),
    BACKUP(true),
    FAILURE(true);

    private final boolean document;

    RunColumn() {
        this(false);
    }

    RunColumn(boolean document) {
        this.document = document;
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether it holds JSON, which may be large. No event takes one away, so a change of the row need neither read it nor
     * write it again.
     */
    boolean isDocument() {
        return document;
    }
}
