package io.slipway.executor.apply;

import io.slipway.contracts.PlannedScript;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.flyway.StatementFailed;
import io.slipway.executor.measure.ScriptGauge;
import io.slipway.executor.measure.ScriptLines;
import io.slipway.executor.statement.RecordedScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements of a script without a transaction in Flyway's place: Flyway runs each once, and its callbacks can
 * only pass over one.
 */
final class LooseStatements {
    private final Connection connection;
    private final RecordedScript recorded;
    private final ScriptGauge gauge;
    private final ScriptLines lines;
    private int tries;
    private @Nullable Long affected;

    LooseStatements(PlanWork work, PlannedScript script, Connection connection, ScriptGauge gauge) throws SQLException {
        this.connection = connection;
        this.recorded = new RecordedScript(work, script, connection);
        this.gauge = gauge;
        this.lines = new ScriptLines(script.sql());
    }

    /**
     * Runs the next statement unless it has run, or unless Flyway is to do so, which alone has the data of a COPY; true when
     * it is not to run any more.
     *
     * @throws StatementFailed when it failed
     */
    boolean run(String sql) throws SQLException {
        int line = lines.next(sql);
        tries = 0;
        affected = null;
        gauge.begin(line);
        if (RecordedScript.lends(sql)) {
            boolean left = recorded.lend(sql, line);
            gauge.tried(left ? 1 : 0);
            return !left;
        }
        recorded.run(sql, line, () -> execute(sql, line));
        gauge.end(sql, affected);
        return true;
    }

    /** What was left to Flyway has failed. */
    void failed() throws SQLException {
        recorded.fail();
    }

    /** Flyway has run what was left to it. */
    void ran(String sql) throws SQLException {
        recorded.finish();
        gauge.end(sql, null);
    }

    private void execute(String sql, int line) {
        gauge.tried(++tries);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false); // as Flyway does: braces are SQL here
            statement.execute(sql);
            long count = statement.getLargeUpdateCount();
            affected = count < 0 ? null : Long.valueOf(count);
            for (SQLWarning said = statement.getWarnings(); said != null; said = said.getNextWarning()) {
                gauge.notice(said.getMessage());
            }
        } catch (SQLException e) {
            throw new StatementFailed(line, e);
        }
    }
}
