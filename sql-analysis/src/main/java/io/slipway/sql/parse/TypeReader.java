package io.slipway.sql.parse;

import io.slipway.sql.ast.Constraint;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TypeStatement;
import io.slipway.sql.ast.TypeStatement.AlterDomain.Change;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_domain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_type_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_domain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_type_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SconstContext;

/** Enums and domains; of other types only that they are created. */
final class TypeReader {
    private final SourceText source;

    TypeReader(SourceText source) {
        this.source = source;
    }

    Statement create(Create_type_statementContext context) {
        Name name = source.name(context.name);
        return context.ENUM() == null
                ? new Statement.CreateObject(source.span(), ObjectKind.TYPE, name, false, false, true)
                : new TypeStatement.CreateEnum(
                        source.span(),
                        name,
                        context.enums.stream().map(this::content).toList());
    }

    Statement create(Create_domain_statementContext context) {
        ConstraintReader reader = new ConstraintReader(source);
        List<Constraint> constraints = context.dom_constraint.stream()
                .flatMap(constraint -> reader.read(constraint, true).stream())
                .toList();
        return new TypeStatement.CreateDomain(
                source.span(),
                source.name(context.name),
                DataTypeReader.read(source.text(context.dat_type)),
                constraints.stream().anyMatch(constraint -> constraint.kind() == Constraint.Kind.NOT_NULL),
                UsesReader.expressionOrNull(source, context.def_value),
                constraints.stream()
                        .filter(constraint -> constraint.kind() == Constraint.Kind.CHECK)
                        .toList());
    }

    Optional<Statement> alter(Alter_type_statementContext context) {
        Name name = source.name(context.name);
        if (context.rename_to() != null) {
            return Optional.of(new Statement.RenameObject(
                    source.span(), ObjectKind.TYPE, name, SourceText.identifier(context.rename_to().name)));
        }
        if (context.new_enum_value != null) {
            return Optional.of(new TypeStatement.AddEnumValue(
                    source.span(),
                    name,
                    content(context.new_enum_value),
                    context.if_not_exists() != null,
                    context.existing_enum_value == null ? null : content(context.existing_enum_value)));
        }
        if (context.new_enum_name != null) {
            return Optional.of(new TypeStatement.RenameEnumValue(
                    source.span(), name, content(context.existing_enum_name), content(context.new_enum_name)));
        }
        return Optional.empty();
    }

    Optional<Statement> alter(Alter_domain_statementContext context) {
        if (context.dom_constraint != null) {
            return new ConstraintReader(source)
                    .read(context.dom_constraint, context.not_valid == null)
                    .map(added -> domain(context, Change.ADD_CONSTRAINT, added, added.name()));
        }
        if (context.drop_constraint() != null) {
            return Optional.of(domain(
                    context,
                    Change.DROP_CONSTRAINT,
                    null,
                    SourceText.identifier(context.drop_constraint().constraint_name)));
        }
        if (context.validate_constraint() != null) {
            return Optional.of(domain(
                    context,
                    Change.VALIDATE_CONSTRAINT,
                    null,
                    source.name(context.validate_constraint().constraint_name).local()));
        }
        if (context.rename_to() != null) {
            return Optional.of(new Statement.RenameObject(
                    source.span(),
                    ObjectKind.DOMAIN,
                    source.name(context.name),
                    SourceText.identifier(context.rename_to().name)));
        }
        return Optional.of(domain(context, setting(context), null, null));
    }

    private static Change setting(Alter_domain_statementContext context) {
        if (context.set_def_column() != null) {
            return Change.SET_DEFAULT;
        }
        if (context.drop_def() != null) {
            return Change.DROP_DEFAULT;
        }
        if (context.set_schema() != null) {
            return Change.SET_SCHEMA;
        }
        if (context.RENAME() != null) {
            return Change.RENAME_CONSTRAINT;
        }
        return context.SET() == null ? Change.DROP_NOT_NULL : Change.SET_NOT_NULL;
    }

    private Statement domain(
            Alter_domain_statementContext context,
            Change change,
            @Nullable Constraint constraint,
            @Nullable String constraintName) {
        return new TypeStatement.AlterDomain(
                source.span(), source.name(context.name), change, constraint, constraintName);
    }

    private String content(SconstContext context) {
        return Literal.of(source.text(context)).content();
    }
}
