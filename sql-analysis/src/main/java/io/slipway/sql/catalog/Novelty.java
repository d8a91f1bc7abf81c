package io.slipway.sql.catalog;

/** Whether an object came into being in the pending scripts, so that nobody uses it and it holds nothing of value. */
public enum Novelty {
    EXISTING,
    /** Created with IF NOT EXISTS: most likely new, but not so surely that its rows may be thrown away unasked. */
    LIKELY_NEW,
    NEW;

    public boolean existing() {
        return this == EXISTING;
    }
}
