package io.slipway.sql.ast;

/** How long a table lives and whether it survives a crash. */
public enum Persistence {
    PERMANENT,
    UNLOGGED,
    TEMPORARY
}
