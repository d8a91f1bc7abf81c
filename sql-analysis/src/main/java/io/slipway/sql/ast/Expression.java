package io.slipway.sql.ast;

import java.util.regex.Pattern;

/** An expression, such as a default or the condition of a CHECK. @param text as written */
public record Expression(String text, Uses uses) {
    /** {@code NULL}, in parentheses or cast to a type. */
    private static final Pattern NULL =
            Pattern.compile("[(\\s]*null[)\\s]*(::.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    public boolean isNull() {
        return NULL.matcher(text).matches();
    }

    /** Whether it is the same for every row, whoever runs it and whenever. */
    public boolean isConstant() {
        return uses.columns().isEmpty()
                && uses.functions().isEmpty()
                && uses.relations().isEmpty();
    }
}
