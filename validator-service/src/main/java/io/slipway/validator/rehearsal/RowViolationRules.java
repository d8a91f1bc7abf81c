package io.slipway.validator.rehearsal;

import io.slipway.sql.analyze.Explainer;
import io.slipway.sql.analyze.Script;
import io.slipway.sql.effect.RowsTouched;
import io.slipway.sql.rule.Environment;
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
    private static final Explainer EXPLAINER = new Explainer(Environment.UNKNOWN);

    private RowViolationRules() {}

    /**
     * @param scripts in the order in which they ran
     * @param line 1-based, where the script failed
     */
    static boolean holdsOnTheTarget(@Nullable String sqlState, List<TrialScript> scripts, String failed, int line) {
        if (sqlState == null || !sqlState.startsWith(VIOLATIONS) || sqlState.equals(OF_FOREIGN_KEY)) {
            return false;
        }
        List<String> names = scripts.stream().map(TrialScript::name).toList();
        List<Script> ran = scripts.subList(0, names.indexOf(failed) + 1).stream()
                .map(script -> new Script(script.name(), Script.Kind.VERSIONED, null, script.sql()))
                .toList();
        return EXPLAINER.explain(List.of(), ran).stream()
                .filter(statement -> !statement.script().equals(failed) || statement.line() <= line)
                .allMatch(statement -> statement.effects().rows() == RowsTouched.NONE
                        && statement.effects().unknowns().isEmpty());
    }
}
