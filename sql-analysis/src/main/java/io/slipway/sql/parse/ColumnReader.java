package io.slipway.sql.parse;

import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Column.Filling;
import io.slipway.sql.ast.Constraint;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constr_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_definitionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/** Column definitions and constraints, of CREATE TABLE and of ALTER TABLE. */
final class ColumnReader {
    private static final Set<String> SERIAL =
            Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");

    /** {@code NULL}, in parentheses or cast to a type: a default that gives nothing. */
    private static final Pattern NULL =
            Pattern.compile("[(\\s]*null[)\\s]*(::.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final SourceText source;

    ColumnReader(SourceText source) {
        this.source = source;
    }

    Column read(Table_column_definitionContext context) {
        String type = source.text(context.data_type());
        Filling filling = SERIAL.contains(type.toLowerCase(Locale.ROOT)) ? Filling.SERIAL : Filling.NOTHING;
        boolean notNull = false;
        for (Constraint_commonContext constraint : context.constraint_common()) {
            Constr_bodyContext body = constraint.constr_body();
            filling = filling(body).orElse(filling);
            notNull |= isNotNull(body) || body.PRIMARY() != null;
        }
        List<Constraint> constraints = context.constraint_common().stream()
                .filter(constraint -> !isNotNull(constraint.constr_body()))
                .flatMap(constraint -> constraint(constraint).stream())
                .toList();
        return new Column(SourceText.identifier(context.identifier()), type, notNull, filling, constraints);
    }

    /** Empty for what the grammar calls a constraint and is none: defaults, identity, generation, NULL. */
    Optional<Constraint> constraint(Constraint_commonContext context) {
        Constr_bodyContext body = context.constr_body();
        return kind(body)
                .map(kind -> new Constraint(
                        context.identifier() == null ? null : SourceText.identifier(context.identifier()),
                        kind,
                        context.VALID() == null,
                        body.REFERENCES() == null ? null : source.name(body.schema_qualified_name()),
                        usingIndex(body)));
    }

    private static Optional<Constraint.Kind> kind(Constr_bodyContext body) {
        if (body.EXCLUDE() != null) {
            return Optional.of(Constraint.Kind.EXCLUDE);
        }
        if (body.REFERENCES() != null) {
            return Optional.of(Constraint.Kind.FOREIGN_KEY);
        }
        if (body.CHECK() != null) {
            return Optional.of(Constraint.Kind.CHECK);
        }
        if (body.PRIMARY() != null) {
            return Optional.of(Constraint.Kind.PRIMARY_KEY);
        }
        if (body.UNIQUE() != null) {
            return Optional.of(Constraint.Kind.UNIQUE);
        }
        return isNotNull(body) ? Optional.of(Constraint.Kind.NOT_NULL) : Optional.empty();
    }

    private static boolean isNotNull(Constr_bodyContext body) {
        return body.NULL() != null && body.NOT() != null;
    }

    private @Nullable String usingIndex(Constr_bodyContext body) {
        var parameters = body.index_parameters();
        return parameters == null || parameters.schema_qualified_name() == null
                ? null
                : source.name(parameters.schema_qualified_name()).local();
    }

    private Optional<Filling> filling(Constr_bodyContext body) {
        if (body.DEFAULT() != null && body.default_expr != null) {
            return Optional.of(isNull(body.default_expr) ? Filling.NOTHING : Filling.DEFAULT);
        }
        if (body.identity_body() != null) {
            return Optional.of(Filling.IDENTITY);
        }
        if (body.GENERATED() != null) {
            return Optional.of(body.STORED() == null ? Filling.GENERATED_VIRTUAL : Filling.GENERATED_STORED);
        }
        return Optional.empty();
    }

    private boolean isNull(VexContext expression) {
        return NULL.matcher(source.text(expression)).matches();
    }
}
