package io.slipway.sql.parse;

import io.slipway.sql.ast.DataType;
import io.slipway.sql.ast.Expression;
import io.slipway.sql.ast.RowChange;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.DropObject;
import io.slipway.sql.ast.Statement.Unreadable;
import io.slipway.sql.ast.Uses;
import io.slipway.sql.source.Lines;
import io.slipway.sql.source.Span;
import io.slipway.sql.split.Fragment;
import io.slipway.sql.split.Fragment.Ending;
import io.slipway.sql.split.SplitScript;
import io.slipway.sql.split.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.pgcodekeeper.core.parsers.antlr.base.AntlrError;
import org.pgcodekeeper.core.parsers.antlr.base.CodeUnitToken;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/**
 * Reads the statements of a script, each on its own, so that one which cannot be read hides no other. It never throws:
 * what it cannot read is {@link Unreadable}.
 */
public final class Parser {
    /**
     * A parse tree takes about a hundred times the memory of its text. Longer statements are data, such as one INSERT of
     * very many rows; only their beginning is looked at.
     */
    private static final int MAX_LENGTH = 1 << 20;

    /** The parser takes time by the square of the depth, and stack: at 400 it needs a second, and may overflow. */
    static final int MAX_DEPTH = 200;

    private Parser() {}

    /** One statement for each fragment, in their order. */
    public static List<Statement> parse(SplitScript script) {
        return script.fragments().stream()
                .map(fragment -> parse(fragment, 0, script.lines(), 0))
                .toList();
    }

    /** Splits and parses in one step. */
    public static List<Statement> parse(String sql) {
        return parse(Splitter.split(sql));
    }

    /** A type as {@code format_type} or a script writes it. */
    public static DataType type(String text) {
        return DataTypeReader.read(text);
    }

    /** An expression as {@code pg_get_expr} or a script writes it; one that cannot be read mentions nothing. */
    public static Expression expression(String text) {
        Span whole = Lines.of(text).span(0, text.length());
        SourceText source = new SourceText(text, 0, whole, Lines.of(text), 0);
        List<Object> errors = new ArrayList<>();
        try {
            var tree = Grammar.SHARED.parser(text, errors).vex_eof();
            return errors.isEmpty()
                    ? new Expression(text, UsesReader.of(source, tree.vex()))
                    : new Expression(text, Uses.NOTHING);
        } catch (StackOverflowError e) {
            return new Expression(text, Uses.NOTHING);
        }
    }

    /** The parts of an UPDATE or DELETE that is all of the text; empty for any other, and for one that cannot be read. */
    public static Optional<RowChange> rowChange(String text) {
        Lines lines = Lines.of(text);
        SourceText source = new SourceText(text, 0, lines.span(0, text.length()), lines, 0);
        try {
            return tree(source, new ArrayList<>()).flatMap(found -> new RowChangeReader(source).read(found));
        } catch (Refused | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** Loads the grammar's tables: the first statement of a JVM takes about 0.3 s without it. */
    public static void warmUp() {
        parse("CREATE TABLE a (b int NOT NULL DEFAULT 1); ALTER TABLE a ADD c text; CREATE INDEX ON a (b); SELECT 1;"
                + " UPDATE a SET b = 2 WHERE b = 1 AND c IN ('x'); DROP TABLE a");
    }

    /**
     * @param base where the text starts in which the fragment was found
     * @param lines of the script
     * @param level how many bodies of routines the text is inside of
     */
    static Statement parse(Fragment fragment, int base, Lines lines, int level) {
        int start = base + fragment.span().start().offset();
        SourceText source = new SourceText(
                fragment.text(),
                start,
                lines.span(start, start + fragment.text().length()),
                lines,
                level);
        Keywords keywords = Keywords.of(fragment.text());
        if (fragment.ending().unterminated()) {
            return unreadable(source, keywords, fragment.ending().defect());
        }
        if (fragment.ending() == Ending.META_COMMAND) {
            return unreadable(source, keywords, "psql meta-commands work in psql only, PostgreSQL does not know them");
        }
        Optional<String> refused = refusedCharacter(fragment.text(), start, lines);
        if (refused.isPresent()) {
            return unreadable(source, keywords, refused.get());
        }
        if (keywords.unknownToGrammar()) {
            return new Statement.Other(source.span(), keywords.kind(), keywords.transactional(), List.of());
        }
        if (fragment.text().length() > MAX_LENGTH) {
            return unreadable(
                    source,
                    keywords,
                    "it is %,d characters long, and only statements of up to %,d are analysed"
                            .formatted(fragment.text().length(), MAX_LENGTH));
        }
        if (fragment.depth() > MAX_DEPTH) {
            return unreadable(
                    source,
                    keywords,
                    "its parentheses are nested %d deep, and only statements of up to %d are analysed"
                            .formatted(fragment.depth(), MAX_DEPTH));
        }
        return read(source, keywords);
    }

    /** The grammar passes over these, and PostgreSQL does not. */
    private static Optional<String> refusedCharacter(String text, int start, Lines lines) {
        boolean marked = text.charAt(0) == '\uFEFF';
        int at = marked ? 0 : text.indexOf('\0');
        if (at < 0) {
            return Optional.empty();
        }
        var position = lines.at(start + at);
        return Optional.of("line %d, column %d: %s"
                .formatted(
                        position.line(),
                        position.column(),
                        marked
                                ? "a byte order mark; PostgreSQL knows it at the start of a file only, if at all"
                                : "a NUL character, which PostgreSQL takes in no text"));
    }

    private static Statement read(SourceText source, Keywords keywords) {
        List<Object> errors = new ArrayList<>();
        try {
            return tree(source, errors)
                    .map(found -> new StatementReader(source).read(found))
                    .or(() -> routines(source))
                    .or(() -> SchemaElements.read(source))
                    .orElseGet(() ->
                            unreadable(source, keywords, reason(errors, source.text(), source.base(), source.lines())));
        } catch (Refused e) {
            return unreadable(source, keywords, String.valueOf(e.getMessage()));
        } catch (StackOverflowError e) {
            return unreadable(source, keywords, "it is nested too deeply");
        } catch (RuntimeException e) {
            // A defect of the parser or of the adapter must cost this statement only, and must be seen.
            return unreadable(source, keywords, "the parser gave up on it with " + e);
        }
    }

    /** A DROP of several routines, of which the grammar knows one at a time. */
    private static Optional<Statement> routines(SourceText source) {
        List<DropObject> drops = new ArrayList<>();
        for (String one : GrammarGaps.oneByOne(source.text())) {
            Optional<Statement> read = tree(source, GrammarGaps.bridge(one), new ArrayList<>())
                    .map(found -> new StatementReader(source).read(found));
            if (read.isEmpty() || !(read.get() instanceof DropObject drop)) {
                return Optional.empty();
            }
            drops.add(drop);
        }
        return drops.stream().reduce(DropObject::and).map(Statement.class::cast);
    }

    /** @param errors what the grammar cannot read in the text as it is, where it cannot be helped */
    static Optional<StatementContext> tree(SourceText source, List<Object> errors) {
        Optional<StatementContext> tree = tree(source, source.text(), errors);
        if (tree.isPresent()) {
            return tree;
        }
        String bridged = GrammarGaps.bridge(source.text());
        return bridged.equals(source.text()) ? tree : tree(source, bridged, new ArrayList<>());
    }

    private static Optional<StatementContext> tree(SourceText source, String text, List<Object> errors) {
        SQLParser parser = Grammar.SHARED.parser(text, errors);
        List<StatementContext> found = parser.sql().statement();
        if (errors.isEmpty()) {
            refuseControlCharacters(source, (CommonTokenStream) parser.getTokenStream());
        }
        return errors.isEmpty() && found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** Outside of quotes and comments; the grammar takes them for white space. */
    private static void refuseControlCharacters(SourceText source, CommonTokenStream tokens) {
        for (Token token : tokens.getTokens()) {
            if (token.getType() == SQLLexer.WhiteSpace
                    && token.getText().chars().noneMatch(Parser::isSpace)) {
                int offset = Math.min(
                        ((CodeUnitToken) token).getCodeUnitStart(),
                        source.text().length());
                throw new Refused(
                        source.lines().at(source.base() + offset),
                        "a character that is none of PostgreSQL's white space, U+%04X"
                                .formatted(token.getText().codePointAt(0)));
            }
        }
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private static Unreadable unreadable(SourceText source, Keywords keywords, String reason) {
        return new Unreadable(source.span(), reason, keywords.transactional());
    }

    /** @param base where the text starts in the script */
    static String reason(List<Object> errors, String text, int base, Lines lines) {
        if (errors.isEmpty() || !(errors.getFirst() instanceof AntlrError error)) {
            return "it is no statement that the grammar knows";
        }
        var at = lines.at(base + Math.clamp(error.getStart(), 0, text.length()));
        // The list of tokens that would have fitted there helps nobody: it is most of the language.
        String message = error.getMsg().replaceFirst(" expecting (?s:.*)", "");
        return "line %d, column %d: %s".formatted(at.line(), at.column(), message);
    }
}
