package io.slipway.sql.parse;

import io.slipway.sql.ast.Expression;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.Uses;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.After_opsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_typeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Date_time_functionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.From_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_callContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Indirection_varContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SconstContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.System_functionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Value_expression_primaryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Vex_or_named_notationContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.With_queryContext;

/** Collects what a piece of a parse tree mentions. It does not recurse, so that long chains of operators are no matter. */
final class UsesReader {
    private static final Set<String> SEQUENCE_FUNCTIONS = Set.of("nextval", "currval", "setval");

    /** Of an INSERT with very many rows, the strings behind these are data that nobody asks about. */
    private static final int MAX_STRINGS = 1_000;

    private final SourceText source;
    private final Set<Name> relations = new LinkedHashSet<>();
    private final Set<Name> queries = new LinkedHashSet<>();
    private final Set<String> columns = new LinkedHashSet<>();
    private final Set<Name> functions = new LinkedHashSet<>();
    private final Set<Name> types = new LinkedHashSet<>();
    private final Set<String> strings = new LinkedHashSet<>();
    private final Set<Name> sequences = new LinkedHashSet<>();
    private boolean allColumns;
    private boolean locksRows;

    private UsesReader(SourceText source) {
        this.source = source;
    }

    static Expression expression(SourceText source, ParserRuleContext context) {
        return new Expression(source.text(context), of(source, context));
    }

    static @Nullable Expression expressionOrNull(SourceText source, @Nullable ParserRuleContext context) {
        return context == null ? null : expression(source, context);
    }

    static Uses of(SourceText source, ParserRuleContext context) {
        return of(source, List.of(context));
    }

    static Uses of(SourceText source, Collection<? extends ParserRuleContext> contexts) {
        UsesReader reader = new UsesReader(source);
        contexts.forEach(reader::walk);
        reader.relations.removeAll(reader.queries);
        return new Uses(
                List.copyOf(reader.relations),
                List.copyOf(reader.columns),
                reader.allColumns,
                List.copyOf(reader.functions),
                List.copyOf(reader.types),
                List.copyOf(reader.strings),
                List.copyOf(reader.sequences),
                reader.locksRows);
    }

    private void walk(ParseTree root) {
        Deque<ParseTree> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            ParseTree tree = open.pop();
            visit(tree);
            for (int i = tree.getChildCount() - 1; i >= 0; i--) {
                open.push(tree.getChild(i));
            }
        }
    }

    private void visit(ParseTree tree) {
        switch (tree) {
            case From_primaryContext from
            when from.schema_qualified_name() != null -> relations.add(source.name(from.schema_qualified_name()));
            case Select_primaryContext select
            when select.TABLE() != null && select.schema_qualified_name() != null ->
                relations.add(source.name(select.schema_qualified_name()));
            case With_queryContext query -> queries.add(Name.of(SourceText.identifier(query.query_name)));
            case Function_callContext call when call.schema_qualified_name_nontype() != null -> call(call);
            case Date_time_functionContext time ->
                functions.add(Name.of(time.getStart().getText().toLowerCase(Locale.ROOT)));
            case System_functionContext system
            when system.cast_specification() == null ->
                functions.add(Name.of(system.getText().toLowerCase(Locale.ROOT)));
            case Data_typeContext type ->
                types.add(DataTypeReader.read(source.text(type)).name());
            case SconstContext string -> {
                if (strings.size() < MAX_STRINGS) {
                    strings.add(Literal.of(source.text(string)).content());
                }
            }
            case Indirection_varContext column -> column(column);
            case Value_expression_primaryContext value
            when value.MULTIPLY() != null && !(value.getParent().getParent() instanceof Vex_or_named_notationContext) ->
                allColumns = true;
            case After_opsContext after when after.FOR() != null -> locksRows = true;
            default -> {}
        }
    }

    private void call(Function_callContext call) {
        var name = call.schema_qualified_name_nontype();
        Name function = name.DOT() == null
                ? Name.of(SourceText.identifier(name))
                : new Name(
                        SourceText.identifier(name.schema), SourceText.identifier(name.identifier_reserved_nontype()));
        functions.add(function);
        if (SEQUENCE_FUNCTIONS.contains(function.local())
                && !call.vex_or_named_notation().isEmpty()) {
            String argument = source.text(call.vex_or_named_notation(0));
            if (argument.startsWith("'")) {
                sequences.add(Literal.of(argument.replaceFirst("::.*", "")).asName());
            }
        }
    }

    private void column(String name) {
        if (name.equals(GrammarGaps.SYSTEM_USER)) {
            functions.add(Name.of("system_user"));
        } else {
            columns.add(name);
        }
    }

    private void column(Indirection_varContext variable) {
        var indirections = variable.indirection_list();
        if (indirections == null) {
            if (variable.identifier() != null) {
                column(SourceText.identifier(variable.identifier()));
            }
            return;
        }
        if (indirections.MULTIPLY() != null) {
            allColumns = true;
            return;
        }
        String last = variable.identifier() == null ? null : SourceText.identifier(variable.identifier());
        for (var indirection : indirections.indirection()) {
            if (indirection.col_label() != null) {
                last = SourceText.identifier(indirection.col_label());
            }
        }
        if (last != null) {
            columns.add(last);
        }
    }
}
