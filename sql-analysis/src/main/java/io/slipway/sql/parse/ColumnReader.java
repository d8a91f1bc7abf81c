package io.slipway.sql.parse;

import io.slipway.sql.ast.Column;
import io.slipway.sql.ast.Column.Filling;
import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constr_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Constraint_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_definitionContext;

/** Column definitions, of CREATE TABLE and of ALTER TABLE. */
final class ColumnReader {
    private final SourceText source;
    private final ConstraintReader constraints;

    ColumnReader(SourceText source) {
        this.source = source;
        this.constraints = new ConstraintReader(source);
    }

    Column read(Table_column_definitionContext context) {
        String name = SourceText.identifier(context.identifier());
        if (context.data_type() == null) {
            throw new Refused(source.span(context).start(), "the column %s has no type".formatted(name));
        }
        DataType type = DataTypeReader.read(source.text(context.data_type()));
        Filling filling = type.isSerial() ? Filling.SERIAL : Filling.NOTHING;
        Expression value = null;
        boolean notNull = false;
        for (Constraint_commonContext constraint : context.constraint_common()) {
            Constr_bodyContext body = constraint.constr_body();
            Expression own = value(body);
            value = own == null ? value : own;
            filling = filling(body, own, filling);
            notNull |= ConstraintReader.isNotNull(body) || body.PRIMARY() != null;
        }
        List<Constraint> others = context.constraint_common().stream()
                .filter(constraint -> !ConstraintReader.isNotNull(constraint.constr_body()))
                .flatMap(constraint -> constraints.read(constraint, name).stream())
                .toList();
        var collation = context.collate_identifier();
        return new Column(
                name,
                type,
                collation == null ? null : source.name(collation.collation),
                notNull,
                filling,
                value,
                others);
    }

    private @Nullable Expression value(Constr_bodyContext body) {
        if (body.DEFAULT() != null && body.default_expr != null) {
            return UsesReader.expression(source, body.default_expr);
        }
        return body.GENERATED() == null ? null : UsesReader.expressionOrNull(source, body.vex());
    }

    private static Filling filling(Constr_bodyContext body, @Nullable Expression value, Filling before) {
        if (body.identity_body() != null) {
            return Filling.IDENTITY;
        }
        if (body.GENERATED() != null) {
            return body.STORED() == null ? Filling.GENERATED_VIRTUAL : Filling.GENERATED_STORED;
        }
        if (value == null || body.DEFAULT() == null) {
            return before;
        }
        return value.isNull() ? Filling.NOTHING : Filling.DEFAULT;
    }
}
