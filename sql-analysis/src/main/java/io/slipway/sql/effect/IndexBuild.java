package io.slipway.sql.effect;

import io.slipway.sql.ast.Name;

/** @param reused whether the new index takes over the files of the old one, so that nothing is read */
public record IndexBuild(Name index, Name table, Kind kind, boolean reused) {

    /** Whether the index was there before. */
    public enum Kind {
        NEW,
        REBUILT
    }
}
