package io.slipway.executor.apply;

import io.slipway.contracts.PlannedScript;
import io.slipway.executor.flyway.StatementFailed;
import io.slipway.executor.lock.LockAttempts;
import io.slipway.executor.lock.LooseScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Runs in Flyway's place those statements of a script without a transaction that may be run again: Flyway runs each
 * once, and its callbacks can only pass over one.
 */
final class LooseStatements {
    private final PlannedScript script;
    private final Connection connection;
    private final LooseScript loose;
    private int offset;

    LooseStatements(LockAttempts attempts, PlannedScript script, Connection connection) throws SQLException {
        this.script = script;
        this.connection = connection;
        this.loose = new LooseScript(attempts, script, connection);
    }

    /**
     * Runs the next statement, unless Flyway is to do so; true when it has run.
     *
     * @throws StatementFailed when it failed
     */
    boolean run(String sql) throws SQLException {
        int line = line(sql);
        if (!loose.next(sql)) {
            return false;
        }
        loose.again(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false); // as Flyway does: braces are SQL here
                statement.execute(sql);
            } catch (SQLException e) {
                throw new StatementFailed(line, e);
            }
        });
        return true;
    }

    /** 0 where placeholders make the script's text another one. */
    private int line(String sql) {
        String text = sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql;
        int start = script.sql().indexOf(text, offset);
        if (start < 0) {
            return 0;
        }
        offset = start + text.length();
        return (int) script.sql()
                        .substring(0, start)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
    }
}
