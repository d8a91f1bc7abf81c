package io.slipway.validator.rehearsal;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.MaintenanceStatement;
import io.slipway.sql.ast.RoutineStatement;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableObjectStatement;
import io.slipway.sql.ast.TypeStatement;
import io.slipway.sql.parse.Parser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether rows that break a constraint on the copy break it on the target as well. They do while they are as the target has
 * them; once the plan has written rows, from what others were not copied, nobody knows. A foreign key may miss a row that was
 * not copied either.
 */
final class RowViolationRules {
    private static final String VIOLATIONS = "23";
    private static final String OF_FOREIGN_KEY = "23503";

    private RowViolationRules() {}

    /**
     * @param scripts in the order in which they ran
     * @param line 1-based, where the script failed
     */
    static boolean holdsOnTheTarget(@Nullable String sqlState, List<TrialScript> scripts, String failed, int line) {
        if (sqlState == null || !sqlState.startsWith(VIOLATIONS) || sqlState.equals(OF_FOREIGN_KEY)) {
            return false;
        }
        for (TrialScript script : scripts) {
            boolean last = script.name().equals(failed);
            boolean defined = Parser.parse(script.sql()).stream()
                    .filter(statement -> !last || statement.span().start().line() <= line)
                    .allMatch(RowViolationRules::onlyDefines);
            if (last || !defined) {
                return defined;
            }
        }
        return false;
    }

    /** A query may call a function that writes. */
    private static boolean onlyDefines(Statement statement) {
        return statement.parts().stream().allMatch(RowViolationRules::onlyDefines)
                && switch (statement) {
                    case Statement.CreateTable table -> !table.fromQuery();
                    case Statement.CreateView view -> !view.materialized();
                    case MaintenanceStatement maintenance -> !(maintenance instanceof MaintenanceStatement.Refresh);
                    case Statement.AlterTable _,
                            Statement.CreateIndex _,
                            Statement.CreateSchema _,
                            Statement.CreateObject _,
                            Statement.RenameObject _,
                            Statement.DropObject _,
                            Statement.TransactionControl _,
                            Statement.SetSearchPath _,
                            RoutineStatement.CreateRoutine _,
                            RoutineStatement.AlterRoutine _,
                            TableObjectStatement _,
                            TypeStatement _,
                            AccessStatement _ -> true;
                    case Statement.Truncate _,
                            Statement.Delete _,
                            Statement.Update _,
                            Statement.Insert _,
                            Statement.Merge _,
                            Statement.Query _,
                            Statement.AnonymousBlock _,
                            RoutineStatement.Call _,
                            Statement.Other _,
                            Statement.Unreadable _ -> false;
                };
    }
}
