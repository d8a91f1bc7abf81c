package io.slipway.sql.parse;

import io.slipway.sql.ast.Body;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.source.Span;
import io.slipway.sql.split.Fragment;
import io.slipway.sql.split.SplitScript;
import io.slipway.sql.split.Splitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Execute_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_bodyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Lock_tableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Perform_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SconstContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Transaction_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/** Bodies of routines: the static statements in them, and how many there are that only the running server knows. */
final class BodyReader {
    /** A body inside of a body inside of a DO block; whoever goes deeper is trying the parser. */
    private static final int MAX_LEVEL = 3;

    private static final Set<String> WITHOUT_TABLES = Set.of("c", "internal");

    private final SourceText source;

    BodyReader(SourceText source) {
        this.source = source;
    }

    Body read(String language, SconstContext definition) {
        if (WITHOUT_TABLES.contains(language)) {
            return Body.unknown("it is compiled code");
        }
        if (!language.equals("plpgsql") && !language.equals("sql")) {
            return Body.unknown("it is written in " + language);
        }
        Literal literal = Literal.of(source.text(definition));
        if (!literal.verbatim()) {
            return Body.unknown("its body is a string with escapes in it; dollar quotes would let it be read");
        }
        if (source.level() >= MAX_LEVEL) {
            return Body.unknown("it is a body inside of too many others");
        }
        int base = source.base() + SourceText.start(definition) + literal.offset();
        return language.equals("sql") ? sql(literal.content(), base) : plpgsql(literal.content(), base);
    }

    /** {@code BEGIN ATOMIC ... END} and {@code RETURN}. */
    Body standard(Function_bodyContext context) {
        return new Body(
                context.statement().stream()
                        .map(statement -> new StatementReader(source.statement(statement)).read(statement))
                        .toList(),
                List.of());
    }

    private Body sql(String text, int base) {
        SplitScript script = Splitter.split(text);
        List<Statement> statements = script.fragments().stream()
                .map(fragment -> Parser.parse(fragment, base, source.lines(), source.level() + 1))
                .toList();
        return body(statements, new ArrayList<>());
    }

    private static Body body(List<Statement> statements, List<String> notAnalysed) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.Unreadable unreadable) {
                notAnalysed.add(unreadable.reason());
            }
        }
        return new Body(
                statements.stream()
                        .filter(statement -> !(statement instanceof Statement.Unreadable))
                        .toList(),
                notAnalysed);
    }

    private Body plpgsql(String text, int base) {
        SplitScript pieces = Splitter.split(text);
        for (Fragment piece : pieces.fragments()) {
            if (piece.ending().unterminated()) {
                return Body.unknown(piece.ending().defect());
            }
            if (piece.depth() > Parser.MAX_DEPTH) {
                return Body.unknown("its parentheses are nested %d deep".formatted(piece.depth()));
            }
        }
        List<Object> errors = new ArrayList<>();
        var tree = Grammar.SHARED.parser(text, errors).plpgsql_function();
        SourceText body = new SourceText(text, base, span(text, base), source.lines(), source.level() + 1);
        return errors.isEmpty()
                ? statements(body, tree)
                : Body.unknown("its body could not be read: " + Parser.reason(errors, text, base, source.lines()));
    }

    private Span span(String text, int base) {
        return source.lines().span(base, base + text.length());
    }

    /** Walks over blocks, loops and conditions to the statements; does not recurse, however deep these are nested. */
    private Body statements(SourceText body, ParseTree root) {
        List<Statement> statements = new ArrayList<>();
        List<String> notAnalysed = new ArrayList<>();
        Deque<ParseTree> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            ParseTree tree = open.pop();
            switch (tree) {
                case Schema_statementContext schema ->
                    statements.add(reader(body, schema).schema(schema));
                case Data_statementContext data ->
                    statements.add(new DataStatementReader(body.statement(data)).read(data));
                case Additional_statementContext other ->
                    statements.add(reader(body, other).additional(other));
                case Perform_stmtContext perform ->
                    statements.add(new Statement.Query(body.span(perform), UsesReader.of(body, perform), List.of()));
                case Lock_tableContext lock -> statements.add(new MaintenanceReader(body.statement(lock)).lock(lock));
                case Transaction_statementContext control
                when control.lock_table() == null ->
                    statements.add(new Statement.TransactionControl(
                            body.span(control),
                            control.COMMIT() == null
                                    ? Statement.TransactionControl.Verb.ROLLBACK
                                    : Statement.TransactionControl.Verb.COMMIT,
                            null,
                            false));
                case Execute_stmtContext execute -> execute(body, execute, statements, notAnalysed);
                default -> {
                    for (int i = tree.getChildCount() - 1; i >= 0; i--) {
                        open.push(tree.getChild(i));
                    }
                }
            }
        }
        return body(statements, notAnalysed);
    }

    private static StatementReader reader(SourceText body, ParserRuleContext context) {
        return new StatementReader(body.statement(context));
    }

    /** EXECUTE of a plain constant is as static as the statement in it. */
    private void execute(
            SourceText body, Execute_stmtContext execute, List<Statement> statements, List<String> notAnalysed) {
        var constant = constant(execute.vex());
        Literal literal = constant == null ? null : Literal.of(body.text(constant));
        if (constant == null || literal == null || !literal.verbatim() || execute.using_vex() != null) {
            var at = body.span(execute).start();
            notAnalysed.add("line %d, column %d: EXECUTE runs a statement that is put together at run time"
                    .formatted(at.line(), at.column()));
            return;
        }
        int base = body.base() + SourceText.start(constant) + literal.offset();
        for (Fragment fragment : Splitter.split(literal.content()).fragments()) {
            statements.add(Parser.parse(fragment, base, body.lines(), body.level()));
        }
    }

    private static @Nullable SconstContext constant(VexContext expression) {
        var primary = expression.value_expression_primary();
        return primary == null || primary.expr_const() == null
                ? null
                : primary.expr_const().sconst();
    }
}
