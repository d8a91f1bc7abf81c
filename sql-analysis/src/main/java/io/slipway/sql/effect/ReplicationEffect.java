package io.slipway.sql.effect;

import io.slipway.sql.ast.Name;

/** What streaming and logical replication, and change data capture, notice. */
public record ReplicationEffect(Kind kind, Name relation) {

    /** What they have to cope with. */
    public enum Kind {
        /** All of the table or index goes through the log once more: replicas lag. */
        LARGE_LOG_VOLUME,
        /** UPDATE and DELETE of published rows fail, or arrive without the key. */
        IDENTITY_LOST,
        IDENTITY_CHANGED,
        /** Subscribers do not get the change of definition, and stop at the first row that does not fit. */
        DEFINITION_CHANGED,
        /** It empties the table at subscribers too. */
        TRUNCATED,
        /** The table is not replicated at all, and empty after a crash. */
        NOT_LOGGED,
        PUBLICATION_CHANGED
    }
}
