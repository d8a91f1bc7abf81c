package io.slipway.sql.parse;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Comment_member_objectContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Other_rulesContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Roles_namesContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Rule_commonContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Rule_member_objectContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Session_local_optionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Set_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/** GRANT, REVOKE, COMMENT and SET. */
final class AccessReader {
    private final SourceText source;

    AccessReader(SourceText source) {
        this.source = source;
    }

    Optional<Statement> read(Schema_createContext context) {
        if (context.rule_common() != null) {
            return Optional.of(grant(context.rule_common()));
        }
        if (context.comment_on_statement() != null) {
            return Optional.of(new AccessStatement.Comment(
                    source.span(), commented(context.comment_on_statement().comment_member_object())));
        }
        return context.set_statement() == null ? Optional.empty() : set(context.set_statement());
    }

    private Statement grant(Rule_commonContext context) {
        if (context.other_rules() != null) {
            return membership(context.other_rules());
        }
        List<String> privileges = Stream.concat(
                        context.permissions() == null ? Stream.empty() : context.permissions().permission().stream(),
                        context.columns_permissions() == null
                                ? Stream.empty()
                                : context.columns_permissions().table_column_privileges().stream()
                                        .map(column -> column.table_column_privilege()))
                .map(privilege -> source.text(privilege).toUpperCase(Locale.ROOT))
                .toList();
        return new AccessStatement.Grant(
                source.span(),
                context.REVOKE() != null,
                privileges,
                objects(context.rule_member_object()),
                roles(context.roles_names()),
                false,
                context.OPTION() != null);
    }

    private Statement membership(Other_rulesContext context) {
        return new AccessStatement.Grant(
                source.span(),
                context.REVOKE() != null,
                source.names(context.names_references()).stream()
                        .map(Name::local)
                        .toList(),
                List.of(),
                roles(context.roles_names()),
                true,
                context.with_admin_option() != null
                        && context.with_admin_option().FALSE() == null
                        && context.with_admin_option().admin_option().ADMIN() != null);
    }

    private List<Name> objects(Rule_member_objectContext context) {
        if (context.ALL() != null) {
            return List.of();
        }
        if (!context.func_name.isEmpty()) {
            return context.func_name.stream()
                    .map(function -> source.name(function.schema_qualified_name()))
                    .toList();
        }
        var names = Stream.of(context.table_names, context.schema_names, context.names_references())
                .filter(Objects::nonNull)
                .findFirst();
        return names.map(source::names).orElseGet(List::of);
    }

    private static List<String> roles(Roles_namesContext context) {
        return context.role_name_with_group().stream()
                .map(role -> SourceText.identifier(role.user_name()))
                .toList();
    }

    private @Nullable Name commented(Comment_member_objectContext object) {
        if (object.table_name != null) {
            return object.DOMAIN() == null ? source.name(object.table_name) : null;
        }
        if (object.name == null) {
            return null;
        }
        Name name = source.name(object.name);
        if (object.COLUMN() != null) {
            // table.column or schema.table.column
            List<String> parts = object.name.getRuleContexts(ParserRuleContext.class).stream()
                    .map(SourceText::identifier)
                    .toList();
            return parts.size() < 2 ? null : SourceText.qualified(parts.subList(0, parts.size() - 1));
        }
        return object.TABLE() != null || object.VIEW() != null || object.INDEX() != null || object.SEQUENCE() != null
                ? name
                : null;
    }

    private Optional<Statement> set(Set_statementContext context) {
        Session_local_optionContext option = context.set_action().session_local_option();
        if (option == null) {
            return Optional.empty();
        }
        boolean local = context.set_action().LOCAL() != null;
        if (option.zone_value() != null) {
            String zone = Literal.of(source.text(option.zone_value())).content();
            return Optional.of(new AccessStatement.SetParameter(source.span(), "timezone", List.of(zone), local));
        }
        if (option.config_param == null) {
            return Optional.empty();
        }
        String parameter = SourceText.identifier(option.config_param);
        List<String> values = option.set_statement_value() == null
                ? List.of()
                : option.set_statement_value().vex().stream().map(this::value).toList();
        if (option.config_scope != null) {
            parameter = SourceText.identifier(option.config_scope) + "." + parameter;
        }
        return Optional.of(
                parameter.equals("search_path")
                        ? new Statement.SetSearchPath(source.span(), values)
                        : new AccessStatement.SetParameter(source.span(), parameter, values, local));
    }

    private String value(VexContext value) {
        String text = source.text(value);
        boolean quoted = text.length() > 1 && (text.startsWith("'") || text.startsWith("\""));
        return quoted ? text.substring(1, text.length() - 1) : text.toLowerCase(Locale.ROOT);
    }
}
