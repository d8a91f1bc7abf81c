package io.slipway.validator.rehearsal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What it means that a statement fails on a copy without rows, by SQLSTATE: it would fail on the target as well, or the
 * copy cannot tell.
 */
final class TrialFailureRules {
    /** Syntax, missing and duplicate objects, dependent objects, features, transactions, unsafe enum values, schemas. */
    private static final Set<String> CLASSES = Set.of("42", "0A", "25", "2B", "3F");

    /** Roles, owners and privileges are not copied. */
    private static final Set<String> OF_ROLES = Set.of("42501", "42704");

    /** Their messages name what is defined and no values; 23 is a broken constraint, the others are the server's state. */
    private static final Set<String> WITHOUT_VALUES = Set.of("23", "08", "40", "53", "54", "55", "57");

    private static final String UNSAFE_NEW_VALUE = "55P04";

    private TrialFailureRules() {}

    static boolean wouldFailOnTheTarget(@Nullable String sqlState, String message) {
        if (sqlState == null || sqlState.length() != 5) {
            return false;
        }
        if (sqlState.equals(UNSAFE_NEW_VALUE)) {
            return true;
        }
        boolean ofRoles = OF_ROLES.contains(sqlState)
                && (sqlState.equals("42501") || message.contains("role \"") || message.contains("tablespace \""));
        return CLASSES.contains(sqlState.substring(0, 2)) && !ofRoles;
    }

    /** @param inFunction whether the failure came from the body of a block or function, which may say anything */
    static boolean mayQuoteRows(@Nullable String sqlState, boolean inFunction) {
        if (inFunction || sqlState == null || sqlState.length() != 5) {
            return true;
        }
        String kind = sqlState.substring(0, 2);
        return !CLASSES.contains(kind) && !WITHOUT_VALUES.contains(kind);
    }
}
