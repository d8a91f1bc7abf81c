package io.slipway.validator.check.relation;

/** An autovacuum worker at work on a table of the plan. */
record VacuumOnTable(String table, int pid, Reason reason) {
    enum Reason {
        /** It gives way to whoever wants its lock. */
        ROUTINE,
        /** It does not. */
        WRAPAROUND,
        /** The role may not look. */
        HIDDEN
    }
}
