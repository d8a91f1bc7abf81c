package io.slipway.executor.apply;

import io.slipway.contracts.PlannedScript;
import io.slipway.executor.flyway.PlanWork;
import io.slipway.executor.flyway.StatementFailed;
import io.slipway.executor.statement.RecordedScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * Runs the statements of a script without a transaction in Flyway's place: Flyway runs each once, and its callbacks can
 * only pass over one.
 */
final class LooseStatements {
    private static final Pattern COPY_FROM_STDIN =
            Pattern.compile("\\A\\s*COPY\\b.*\\bFROM\\s+STDIN\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final PlannedScript script;
    private final Connection connection;
    private final RecordedScript recorded;
    private int offset;

    LooseStatements(PlanWork work, PlannedScript script, Connection connection) throws SQLException {
        this.script = script;
        this.connection = connection;
        this.recorded = new RecordedScript(work, script, connection);
    }

    /**
     * Runs the next statement unless it has run, or unless Flyway is to do so, which alone has the data of a COPY; true when
     * it is not to run any more.
     *
     * @throws StatementFailed when it failed
     */
    boolean run(String sql) throws SQLException {
        int line = line(sql);
        if (COPY_FROM_STDIN.matcher(sql).find()) {
            return !recorded.announce(sql, line);
        }
        recorded.run(sql, line, () -> execute(sql, line));
        return true;
    }

    /** Flyway has run what was left to it. */
    void ran() throws SQLException {
        recorded.finish();
    }

    private void execute(String sql, int line) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false); // as Flyway does: braces are SQL here
            statement.execute(sql);
        } catch (SQLException e) {
            throw new StatementFailed(line, e);
        }
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
