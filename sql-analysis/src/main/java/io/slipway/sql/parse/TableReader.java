package io.slipway.sql.parse;

import io.slipway.sql.ast.IndexDefinition;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.PartitionBound;
import io.slipway.sql.ast.Partitioning;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Uses;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.base.CodeUnitToken;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_as_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_table_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Define_columnsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Define_partitionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.For_values_boundContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Index_columnContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Partition_byContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_column_defContext;

/** CREATE TABLE in its forms, and CREATE INDEX. */
final class TableReader {
    private final SourceText source;
    private final DataStatementReader data;
    private final ColumnReader columns;
    private final ConstraintReader constraints;

    TableReader(SourceText source, DataStatementReader data) {
        this.source = source;
        this.data = data;
        this.columns = new ColumnReader(source);
        this.constraints = new ConstraintReader(source);
    }

    Statement table(Create_table_statementContext context) {
        var definition = context.define_table();
        List<Table_column_defContext> elements = definitions(definition.define_columns());
        Define_partitionContext partition = definition.define_partition();
        return new Statement.CreateTable(
                source.span(),
                source.name(context.name),
                persistence(context.TEMP(), context.TEMPORARY(), context.UNLOGGED()),
                context.if_not_exists() != null,
                elements.stream()
                        .filter(element -> element.table_column_definition() != null)
                        .map(element -> columns.read(element.table_column_definition()))
                        .toList(),
                elements.stream()
                        .filter(element -> element.tabl_constraint != null)
                        .flatMap(element -> constraints.read(element.tabl_constraint, null).stream())
                        .toList(),
                partition == null ? null : source.name(partition.parent_table),
                partition == null ? null : bound(partition.for_values_bound()),
                partitioning(context.partition_by()),
                elements.stream()
                        .filter(element -> element.LIKE() != null)
                        .map(element -> source.name(element.schema_qualified_name()))
                        .toList(),
                parents(definition.define_columns()),
                false,
                Uses.NOTHING,
                true,
                List.of());
    }

    private List<Name> parents(@Nullable Define_columnsContext context) {
        return context == null || context.names_in_parens() == null
                ? List.of()
                : source.names(context.names_in_parens().names_references());
    }

    private static List<Table_column_defContext> definitions(@Nullable Define_columnsContext context) {
        return context == null ? List.of() : context.table_column_def();
    }

    private @Nullable Partitioning partitioning(@Nullable Partition_byContext context) {
        if (context == null) {
            return null;
        }
        var method = context.partition_method();
        var strategy = method.RANGE() != null
                ? Partitioning.Strategy.RANGE
                : method.LIST() != null ? Partitioning.Strategy.LIST : Partitioning.Strategy.HASH;
        return new Partitioning(
                strategy,
                method.partition_column().stream()
                        .map(column -> UsesReader.expression(source, column.vex()))
                        .filter(key -> key.uses().columns().contains(key.text().toLowerCase(Locale.ROOT))
                                || key.text().startsWith("\""))
                        .flatMap(key -> key.uses().columns().stream())
                        .toList());
    }

    PartitionBound bound(For_values_boundContext context) {
        var spec = context.partition_bound_spec();
        if (spec == null) {
            return new PartitionBound(PartitionBound.Kind.DEFAULT, List.of(), List.of());
        }
        if (spec.IN() != null) {
            return new PartitionBound(PartitionBound.Kind.LIST, texts(spec.vex()), List.of());
        }
        return spec.FROM() == null
                ? new PartitionBound(PartitionBound.Kind.HASH, texts(spec.iconst()), List.of())
                : new PartitionBound(
                        PartitionBound.Kind.RANGE,
                        texts(spec.partition_bound_part(0).vex()),
                        texts(spec.partition_bound_part(1).vex()));
    }

    private List<String> texts(List<? extends ParserRuleContext> contexts) {
        return contexts.stream().map(source::text).toList();
    }

    Statement tableAs(Create_table_as_statementContext context) {
        var query = context.select_stmt();
        return new Statement.CreateTable(
                source.span(),
                source.name(context.name),
                persistence(context.TEMP(), context.TEMPORARY(), context.UNLOGGED()),
                context.if_not_exists() != null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                true,
                query == null ? Uses.NOTHING : UsesReader.of(source, query),
                context.NO() == null,
                query == null ? List.of(execute(context)) : data.changesIn(query));
    }

    /** What was prepared, somewhere, is not known. */
    private Statement execute(Create_table_as_statementContext context) {
        int start = ((CodeUnitToken) context.EXECUTE().getSymbol()).getCodeUnitStart();
        int end = SourceText.end(context.function_call().schema_qualified_name_nontype());
        return new Statement.Other(source.piece(start, end).span(), "EXECUTE", true, List.of());
    }

    Statement index(Create_index_statementContext context) {
        var rest = context.index_rest();
        IndexDefinition definition = new IndexDefinition(
                rest.method == null ? "btree" : SourceText.identifier(rest.method),
                rest.index_columns().index_column().stream().map(this::key).toList(),
                rest.including_index() == null
                        ? List.of()
                        : rest.including_index().identifier().stream()
                                .map(SourceText::identifier)
                                .toList(),
                rest.index_where() == null
                        ? null
                        : UsesReader.expression(source, rest.index_where().vex()),
                rest.nulls_distinction() != null && rest.nulls_distinction().NOT() != null);
        return new Statement.CreateIndex(
                source.span(),
                context.name == null ? null : SourceText.identifier(context.name),
                source.name(context.table_name),
                context.UNIQUE() != null,
                context.CONCURRENTLY() != null,
                context.if_not_exists() != null,
                context.ONLY() != null,
                source.textAfter(context.table_name).strip(),
                definition);
    }

    private IndexDefinition.Key key(Index_columnContext context) {
        var expression = UsesReader.expression(source, context.column);
        List<String> columns = expression.uses().columns();
        boolean plain = columns.size() == 1
                && expression.uses().functions().isEmpty()
                && (expression.text().equalsIgnoreCase(columns.getFirst())
                        || expression.text().equals(Name.quoted(columns.getFirst()))
                        || expression.text().equals('"' + columns.getFirst() + '"'));
        return new IndexDefinition.Key(plain ? columns.getFirst() : null, expression);
    }

    static Persistence persistence(
            @Nullable TerminalNode temp, @Nullable TerminalNode temporary, @Nullable TerminalNode unlogged) {
        if (temp != null || temporary != null) {
            return Persistence.TEMPORARY;
        }
        return unlogged == null ? Persistence.PERMANENT : Persistence.UNLOGGED;
    }
}
