package io.slipway.sql.parse;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Constraint.Action;
import io.slipway.sql.ast.Constraint.ForeignKey;
import io.slipway.sql.ast.Constraint.Kind;
import io.slipway.sql.ast.Expression;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.ActionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Changed_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constr_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Domain_constraintContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Names_with_periodContext;

/** Constraints of tables, columns and domains. */
final class ConstraintReader {
    private final SourceText source;

    ConstraintReader(SourceText source) {
        this.source = source;
    }

    /**
     * Empty for what the grammar calls a constraint and is none: defaults, identity, generation, NULL.
     *
     * @param column on which it stands; null for a constraint of the table
     */
    Optional<Constraint> read(Constraint_commonContext context, @Nullable String column) {
        Constr_bodyContext body = context.constr_body();
        return kind(body).map(kind -> {
            Expression condition = kind == Kind.CHECK ? UsesReader.expression(source, body.expression) : null;
            return new Constraint(
                    context.identifier() == null ? null : SourceText.identifier(context.identifier()),
                    kind,
                    columns(body, condition, column),
                    condition,
                    context.VALID() == null,
                    context.table_enforced() == null || context.table_enforced().NOT() == null,
                    body.inherit_option() != null && body.inherit_option().NO() != null,
                    context.table_deferrable() != null
                            && context.table_deferrable().NOT() == null,
                    kind == Kind.FOREIGN_KEY ? foreignKey(body) : null,
                    usingIndex(body));
        });
    }

    /** A CHECK or NOT NULL of a domain; empty for NULL, which says nothing. */
    Optional<Constraint> read(Domain_constraintContext context, boolean validated) {
        String name = context.name == null ? null : SourceText.identifier(context.name);
        if (context.CHECK() == null) {
            return context.NOT() == null
                    ? Optional.empty()
                    : Optional.of(new Constraint(
                            name, Kind.NOT_NULL, List.of(), null, validated, true, false, false, null, null));
        }
        Expression condition = UsesReader.expression(source, context.vex());
        return Optional.of(
                new Constraint(name, Kind.CHECK, List.of(), condition, validated, true, false, false, null, null));
    }

    static Optional<Kind> kind(Constr_bodyContext body) {
        if (body.EXCLUDE() != null) {
            return Optional.of(Kind.EXCLUDE);
        }
        if (body.REFERENCES() != null) {
            return Optional.of(Kind.FOREIGN_KEY);
        }
        if (body.CHECK() != null) {
            return Optional.of(Kind.CHECK);
        }
        if (body.PRIMARY() != null) {
            return Optional.of(Kind.PRIMARY_KEY);
        }
        if (body.UNIQUE() != null) {
            return Optional.of(Kind.UNIQUE);
        }
        return isNotNull(body) ? Optional.of(Kind.NOT_NULL) : Optional.empty();
    }

    static boolean isNotNull(Constr_bodyContext body) {
        return body.NULL() != null && body.NOT() != null;
    }

    private List<String> columns(Constr_bodyContext body, @Nullable Expression condition, @Nullable String column) {
        if (body.EXCLUDE() != null) {
            return body.index_column().stream()
                    .map(key -> UsesReader.expression(source, key.column))
                    .flatMap(key -> key.uses().columns().stream())
                    .toList();
        }
        if (condition != null) {
            return condition.uses().columns();
        }
        if (body.FOREIGN() != null) {
            return names(body.col_period);
        }
        if (body.col_overlaps != null) {
            return body.col_overlaps.schema_qualified_name().stream()
                    .map(name -> source.name(name).local())
                    .toList();
        }
        if (body.col_name != null) {
            return List.of(source.name(body.col_name).local());
        }
        return column == null ? List.of() : List.of(column);
    }

    private List<String> names(@Nullable Names_with_periodContext context) {
        return context == null
                ? List.of()
                : context.schema_qualified_name().stream()
                        .map(name -> source.name(name).local())
                        .toList();
    }

    private ForeignKey foreignKey(Constr_bodyContext body) {
        return new ForeignKey(
                source.name(body.schema_qualified_name()),
                names(body.ref_period),
                action(body.changed_action(), false),
                action(body.changed_action(), true));
    }

    private static Action action(List<Changed_actionContext> changes, boolean onUpdate) {
        return changes.stream()
                .filter(change -> (change.UPDATE() != null) == onUpdate)
                .map(change -> action(change.action()))
                .findFirst()
                .orElse(Action.NO_ACTION);
    }

    private static Action action(ActionContext action) {
        if (action.cascade_restrict() != null) {
            return action.cascade_restrict().CASCADE() == null ? Action.RESTRICT : Action.CASCADE;
        }
        if (action.SET() == null) {
            return Action.NO_ACTION;
        }
        return action.NULL() == null ? Action.SET_DEFAULT : Action.SET_NULL;
    }

    private @Nullable String usingIndex(Constr_bodyContext body) {
        var parameters = body.index_parameters();
        return parameters == null || parameters.schema_qualified_name() == null
                ? null
                : source.name(parameters.schema_qualified_name()).local();
    }
}
