package io.slipway.sql.parse;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Cascade_restrictContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Drop_statementsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_dropContext;

/** DROP. */
final class DropReader {
    private final SourceText source;

    DropReader(SourceText source) {
        this.source = source;
    }

    Optional<Statement> read(Schema_dropContext context) {
        if (context.drop_statements() != null) {
            return Optional.of(drop(context.drop_statements()));
        }
        if (context.drop_database_statement() != null) {
            var database = context.drop_database_statement();
            return Optional.of(drop(
                    ObjectKind.DATABASE,
                    List.of(Name.of(SourceText.identifier(database.identifier()))),
                    null,
                    database.if_exists() != null,
                    false,
                    false));
        }
        if (context.drop_function_statement() != null) {
            var function = context.drop_function_statement();
            return Optional.of(drop(
                    ObjectKind.ROUTINE,
                    List.of(source.name(function.name)),
                    null,
                    function.if_exists() != null,
                    cascades(function.cascade_restrict()),
                    false));
        }
        if (context.drop_trigger_statement() != null) {
            var trigger = context.drop_trigger_statement();
            return Optional.of(drop(
                    ObjectKind.TRIGGER,
                    List.of(Name.of(SourceText.identifier(trigger.name))),
                    source.name(trigger.table_name),
                    trigger.if_exists() != null,
                    cascades(trigger.cascade_restrict()),
                    false));
        }
        if (context.drop_policy_statement() != null) {
            var policy = context.drop_policy_statement();
            return Optional.of(drop(
                    ObjectKind.POLICY,
                    List.of(Name.of(SourceText.identifier(policy.identifier()))),
                    source.name(policy.schema_qualified_name()),
                    policy.if_exists() != null,
                    cascades(policy.cascade_restrict()),
                    false));
        }
        if (context.drop_rule_statement() != null) {
            var rule = context.drop_rule_statement();
            return Optional.of(drop(
                    ObjectKind.RULE,
                    List.of(Name.of(SourceText.identifier(rule.name))),
                    source.name(rule.schema_qualified_name()),
                    rule.if_exists() != null,
                    cascades(rule.cascade_restrict()),
                    false));
        }
        return Optional.empty();
    }

    private Statement drop(Drop_statementsContext context) {
        var rest = context.if_exist_names_restrict_cascade();
        return drop(
                kind(context),
                source.names(rest.names_references()),
                null,
                rest.if_exists() != null,
                cascades(rest.cascade_restrict()),
                context.CONCURRENTLY() != null);
    }

    private Statement drop(
            ObjectKind kind,
            List<Name> names,
            @Nullable Name table,
            boolean ifExists,
            boolean cascade,
            boolean concurrently) {
        return new Statement.DropObject(source.span(), kind, names, table, ifExists, cascade, concurrently);
    }

    private static ObjectKind kind(Drop_statementsContext context) {
        if (context.TABLE() != null) {
            return context.FOREIGN() == null ? ObjectKind.TABLE : ObjectKind.FOREIGN_TABLE;
        }
        if (context.VIEW() != null) {
            return context.MATERIALIZED() == null ? ObjectKind.VIEW : ObjectKind.MATERIALIZED_VIEW;
        }
        if (context.INDEX() != null) {
            return ObjectKind.INDEX;
        }
        if (context.SEQUENCE() != null) {
            return ObjectKind.SEQUENCE;
        }
        if (context.SCHEMA() != null) {
            return ObjectKind.SCHEMA;
        }
        if (context.TYPE() != null) {
            return ObjectKind.TYPE;
        }
        if (context.DOMAIN() != null) {
            return ObjectKind.DOMAIN;
        }
        if (context.EXTENSION() != null) {
            return ObjectKind.EXTENSION;
        }
        if (context.PUBLICATION() != null) {
            return ObjectKind.PUBLICATION;
        }
        if (context.STATISTICS() != null) {
            return ObjectKind.STATISTICS;
        }
        if (context.TABLESPACE() != null) {
            return ObjectKind.TABLESPACE;
        }
        return context.SUBSCRIPTION() == null ? ObjectKind.OTHER : ObjectKind.SUBSCRIPTION;
    }

    private static boolean cascades(@Nullable Cascade_restrictContext context) {
        return context != null && context.CASCADE() != null;
    }
}
