package io.slipway.executor.flyway;

/** Stands around each statement of a script. */
@FunctionalInterface
public interface StatementRunner {
    /** Runs the execution of a statement, once or until it succeeds. */
    void run(String sql, Runnable execution);
}
