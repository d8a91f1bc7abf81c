package io.slipway.validator.footprint;

/** What a plan does to a relation; each asks for rights of its own, and for space. */
public enum Use {
    /** Needs its owner. */
    ALTERS,
    /** Writes all of it anew; needs its owner. */
    REWRITES,
    /** Builds an index on all of its rows; needs its owner. */
    INDEXES,
    /** Changes every row in place, which leaves the old versions behind. */
    UPDATES_ALL,
    INSERTS,
    UPDATES,
    DELETES,
    TRUNCATES,
    TRIGGERS,
    /** A foreign key points to it. */
    REFERENCES;

    /** Whether nobody but the owner may. */
    public boolean needsOwner() {
        return switch (this) {
            case ALTERS, REWRITES, INDEXES -> true;
            case UPDATES_ALL, INSERTS, UPDATES, DELETES, TRUNCATES, TRIGGERS, REFERENCES -> false;
        };
    }

    /** The privilege on the table, for those that are not the owner's. */
    public String privilege() {
        return switch (this) {
            case INSERTS -> "INSERT";
            case UPDATES, UPDATES_ALL -> "UPDATE";
            case DELETES -> "DELETE";
            case TRUNCATES -> "TRUNCATE";
            case TRIGGERS -> "TRIGGER";
            case REFERENCES -> "REFERENCES";
            case ALTERS, REWRITES, INDEXES -> throw new IllegalStateException(this + " is for the owner only.");
        };
    }
}
