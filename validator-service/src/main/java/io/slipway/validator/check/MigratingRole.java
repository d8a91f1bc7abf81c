package io.slipway.validator.check;

import io.slipway.targets.Target;
import io.slipway.validator.check.outcome.Judgement;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The role of the migration, taken on for the questions that are about it. All others are for the role that logs in, which may
 * be one that sees more of the server.
 */
final class MigratingRole {
    private MigratingRole() {}

    /** A question on the target. */
    interface Question {
        Judgement ask() throws SQLException;
    }

    /** Goes back to the role that logs in. */
    static void leave(Connection connection, Target target) throws SQLException {
        if (target.session().runAs() != null) {
            execute(connection, "RESET ROLE");
        }
    }

    static Judgement as(Connection connection, Target target, Question question) throws SQLException {
        String runAs = target.session().runAs();
        if (runAs == null) {
            return question.ask();
        }
        execute(connection, "SET ROLE \"%s\"".formatted(runAs.replace("\"", "\"\"")));
        try {
            return question.ask();
        } finally {
            execute(connection, "RESET ROLE");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
