package io.slipway.executor.flyway;

/** Stands around each statement of a script. */
@FunctionalInterface
public interface StatementRunner {
    /**
     * Runs the execution of a statement, once or until it succeeds, or passes over it.
     *
     * @param line where it begins
     */
    void run(String sql, int line, Runnable execution);
}
