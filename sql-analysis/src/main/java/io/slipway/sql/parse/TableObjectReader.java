package io.slipway.sql.parse;

import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.TableObjectStatement;
import io.slipway.sql.ast.TableObjectStatement.AlterPublication.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_policy_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_publication_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_statistics_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_trigger_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Publication_objectContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;

/** Triggers, policies, rules, statistics and publications. */
final class TableObjectReader {
    private final SourceText source;

    TableObjectReader(SourceText source) {
        this.source = source;
    }

    Optional<Statement> create(Schema_createContext context) {
        if (context.create_trigger_statement() != null) {
            return Optional.of(trigger(context.create_trigger_statement()));
        }
        if (context.create_policy_statement() != null) {
            var policy = context.create_policy_statement();
            return Optional.of(new TableObjectStatement.CreatePolicy(
                    source.span(),
                    SourceText.identifier(policy.identifier()),
                    source.name(policy.schema_qualified_name()),
                    policy.user_name().stream().map(SourceText::identifier).toList()));
        }
        if (context.create_rewrite_statement() != null) {
            var rule = context.create_rewrite_statement();
            return Optional.of(new TableObjectStatement.CreateRule(
                    source.span(),
                    SourceText.identifier(rule.name),
                    source.name(rule.table_name),
                    rule.REPLACE() != null,
                    rule.SELECT() != null));
        }
        if (context.create_statistics_statement() != null) {
            return Optional.of(statistics(context.create_statistics_statement()));
        }
        if (context.create_publication_statement() != null) {
            var publication = context.create_publication_statement();
            return Optional.of(new TableObjectStatement.CreatePublication(
                    source.span(),
                    SourceText.identifier(publication.identifier()),
                    publication.ALL() != null,
                    tables(publication.publication_object())));
        }
        return Optional.empty();
    }

    private Statement trigger(Create_trigger_statementContext context) {
        List<String> events = new ArrayList<>();
        if (!context.INSERT().isEmpty()) {
            events.add("INSERT");
        }
        if (!context.UPDATE().isEmpty()) {
            events.add("UPDATE");
        }
        if (!context.DELETE().isEmpty()) {
            events.add("DELETE");
        }
        if (!context.TRUNCATE().isEmpty()) {
            events.add("TRUNCATE");
        }
        var functions = UsesReader.of(source, context.func_name).functions();
        return new TableObjectStatement.CreateTrigger(
                source.span(),
                SourceText.identifier(context.name),
                source.name(context.table_name),
                functions.isEmpty() ? Name.of(source.text(context.func_name)) : functions.getFirst(),
                context.REPLACE() != null,
                context.CONSTRAINT() != null,
                events);
    }

    private Statement statistics(Create_statistics_statementContext context) {
        return new TableObjectStatement.CreateStatistics(
                source.span(),
                context.name == null ? null : source.name(context.name),
                source.name(context.table_name),
                UsesReader.of(source, context.vex()).columns());
    }

    private List<Name> tables(List<Publication_objectContext> objects) {
        return objects.stream()
                .flatMap(object -> object.publication_table_only().stream())
                .map(table -> source.name(table.only_table_multiply().schema_qualified_name()))
                .toList();
    }

    Statement alter(Alter_policy_statementContext context) {
        return new TableObjectStatement.AlterPolicy(
                source.span(),
                SourceText.identifier(context.identifier()),
                source.name(context.schema_qualified_name()));
    }

    Statement alter(Alter_publication_statementContext context) {
        var action = context.alter_publication_action();
        Verb verb = Verb.OTHER;
        if (!action.publication_object().isEmpty()) {
            verb = action.ADD() != null ? Verb.ADD : action.DROP() != null ? Verb.DROP : Verb.SET;
        }
        return new TableObjectStatement.AlterPublication(
                source.span(), SourceText.identifier(context.identifier()), verb, tables(action.publication_object()));
    }
}
