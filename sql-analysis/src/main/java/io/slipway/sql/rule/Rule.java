package io.slipway.sql.rule;

import io.slipway.sql.ast.Statement;
import java.util.List;

/**
 * A rule: its name, what it stands for, and the predicate.
 *
 * @param id stable; suppressions and policies name it
 * @param severity unless the case is a mild one, see {@link Hit#softened}
 * @param title what it catches, in one line
 */
public record Rule(String id, Severity severity, Category category, String title, Check check) {

    /** What a rule protects. */
    public enum Category {
        DATA_LOSS,
        AVAILABILITY,
        COMPATIBILITY,
        FORMAT
    }

    /** Looks at one statement; parts of a statement are looked at on their own. */
    @FunctionalInterface
    public interface Check {
        /** For rules about whole scripts, which are checked elsewhere. */
        Check OF_SCRIPTS = (statement, situation) -> List.of();

        List<Hit> examine(Statement statement, Situation situation);
    }
}
