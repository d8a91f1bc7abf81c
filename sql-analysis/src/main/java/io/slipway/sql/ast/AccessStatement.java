package io.slipway.sql.ast;

import io.slipway.sql.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements about who may do what, about settings and about comments. */
public sealed interface AccessStatement extends Statement {

    /**
     * GRANT and REVOKE.
     *
     * @param privileges in upper case; the names of the roles where membership in a role is granted
     * @param objects empty where all objects of a schema are meant, and for memberships
     * @param roles in lower case unless quoted
     * @param passedOn WITH GRANT OPTION or WITH ADMIN OPTION
     */
    record Grant(
            Span span,
            boolean revoke,
            List<String> privileges,
            List<Name> objects,
            List<String> roles,
            boolean membership,
            boolean passedOn)
            implements AccessStatement {
        public Grant {
            privileges = List.copyOf(privileges);
            objects = List.copyOf(objects);
            roles = List.copyOf(roles);
        }
    }

    /** @param table of a comment on a table, index, view, column, constraint, trigger, policy or rule; else null */
    record Comment(Span span, @Nullable Name table) implements AccessStatement {}

    /**
     * SET and RESET of any parameter but the search path.
     *
     * @param parameter in lower case; {@code timezone} also for SET TIME ZONE
     * @param values without their quotes; empty for DEFAULT and RESET
     * @param local until the transaction ends
     */
    record SetParameter(Span span, String parameter, List<String> values, boolean local) implements AccessStatement {
        public SetParameter {
            values = List.copyOf(values);
        }
    }
}
