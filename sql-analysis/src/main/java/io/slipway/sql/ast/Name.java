package io.slipway.sql.ast;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an object as PostgreSQL stores it: folded to lower case unless it was quoted.
 *
 * @param schema null where the search path decides
 */
public record Name(@Nullable String schema, String local) {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    public static Name of(String local) {
        return new Name(null, local);
    }

    /** The same name, in the given schema unless it names its own. */
    public Name in(String defaultSchema) {
        return schema == null ? new Name(defaultSchema, local) : this;
    }

    /** The name of something else in the same schema. */
    public Name sibling(String other) {
        return new Name(schema, other);
    }

    public String sql() {
        return schema == null ? quoted(local) : quoted(schema) + "." + quoted(local);
    }

    /** An identifier as SQL text, quoted where its characters or a keyword demand it. */
    public static String quoted(String identifier) {
        return PLAIN.matcher(identifier).matches() && !ReservedWords.contains(identifier)
                ? identifier
                : '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return sql();
    }
}
