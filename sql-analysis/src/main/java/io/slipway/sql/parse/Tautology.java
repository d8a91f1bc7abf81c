package io.slipway.sql.parse;

import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.tree.ParseTree;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/** Conditions that hold for every row, as people write them to please a linter or a form. */
final class Tautology {
    private Tautology() {}

    static boolean holds(VexContext condition) {
        return constant(condition).orElse(false);
    }

    /** The condition's value where it is the same for every row and plain to see. */
    private static Optional<Boolean> constant(VexContext condition) {
        if (condition.LEFT_PAREN() != null && condition.vex().size() == 1 && condition.getChildCount() == 3) {
            return constant(condition.vex(0));
        }
        if (condition.NOT() != null && condition.vex().size() == 1 && condition.getChildCount() == 2) {
            return constant(condition.vex(0)).map(value -> !value);
        }
        if (condition.vex().size() == 2 && condition.getChildCount() == 3) {
            return binary(condition, condition.vex(0), condition.vex(1));
        }
        if (condition.value_expression_primary() != null) {
            return switch (lower(condition)) {
                case "true", "'t'", "'true'" -> Optional.of(true);
                case "false", "'f'", "'false'" -> Optional.of(false);
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    private static Optional<Boolean> binary(VexContext condition, VexContext left, VexContext right) {
        if (condition.AND() != null) {
            return both(constant(left), constant(right));
        }
        if (condition.OR() != null) {
            boolean either = constant(left).orElse(false) || constant(right).orElse(false);
            return either ? Optional.of(true) : Optional.empty();
        }
        if (condition.EQUAL() != null && isLiteral(left) && isLiteral(right)) {
            return Optional.of(lower(left).equals(lower(right)));
        }
        if (condition.NOT_EQUAL() != null && isLiteral(left) && isLiteral(right)) {
            return Optional.of(!lower(left).equals(lower(right)));
        }
        return Optional.empty();
    }

    private static Optional<Boolean> both(Optional<Boolean> left, Optional<Boolean> right) {
        return left.flatMap(l -> right.map(r -> l && r));
    }

    private static boolean isLiteral(VexContext operand) {
        return operand.value_expression_primary() != null
                && operand.value_expression_primary().expr_const() != null;
    }

    private static String lower(ParseTree tree) {
        return tree.getText().toLowerCase(Locale.ROOT);
    }
}
