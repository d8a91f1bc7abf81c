package io.slipway.sql.parse;

import io.slipway.sql.ast.Name;
import io.slipway.sql.source.Lines;
import io.slipway.sql.source.Span;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.pgcodekeeper.core.parsers.antlr.base.CodeUnitToken;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Names_referencesContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;

/**
 * The text that a parse tree was made of: its places, its wording, its names.
 *
 * @param text what was parsed: one statement, or the body of a routine with many
 * @param base where the text starts in the script
 * @param span the statement, which may be a part of the text
 * @param level how many bodies it is inside of
 * @param home where relations that it names without a schema may be
 */
record SourceText(String text, int base, Span span, Lines lines, int level, Home home) {
    /** A schema that its own statement creates, with what it puts there; nothing else is in it. */
    record Home(String schema, Set<String> relations) {
        static final Home NONE = new Home("", Set.of());

        Home {
            relations = Set.copyOf(relations);
        }

        private Name find(Name name) {
            return name.schema() == null && relations.contains(name.local()) ? name.in(schema) : name;
        }
    }

    SourceText(String text, int base, Span span, Lines lines, int level) {
        this(text, base, span, lines, level, Home.NONE);
    }

    Span span(ParserRuleContext context) {
        return lines.span(base + start(context), base + end(context));
    }

    /** The same text, for a statement inside of it. */
    SourceText statement(ParserRuleContext context) {
        return new SourceText(text, base, span(context), lines, level, home);
    }

    /** A piece of it, as a text of its own in the same place of the script. */
    SourceText piece(int from, int to) {
        return new SourceText(text.substring(from, to), base + from, lines.span(base + from, base + to), lines, level);
    }

    SourceText at(Home other) {
        return new SourceText(text, base, span, lines, level, other);
    }

    /** As written, white space and comments included. */
    String text(ParserRuleContext context) {
        return text.substring(start(context), end(context));
    }

    /** The whole statement, as written. */
    String statementText() {
        return text.substring(span.start().offset() - base, span.end() - base);
    }

    /** What the statement says behind the context. */
    String textAfter(ParserRuleContext context) {
        return text.substring(end(context), Math.max(end(context), span.end() - base));
    }

    Name name(Schema_qualified_nameContext context) {
        return home.find(qualified(context.getRuleContexts(ParserRuleContext.class).stream()
                .map(SourceText::identifier)
                .toList()));
    }

    List<Name> names(Names_referencesContext context) {
        return context.schema_qualified_name().stream().map(this::name).toList();
    }

    /** Of database.schema.name, which PostgreSQL takes for its own database only, the last two count. */
    static Name qualified(List<String> parts) {
        return parts.size() == 1 ? Name.of(parts.getFirst()) : new Name(parts.get(parts.size() - 2), parts.getLast());
    }

    /** Folded to lower case unless quoted; the lexer has taken the quotes off. */
    static String identifier(ParserRuleContext context) {
        Token first = context.getStart();
        return switch (first.getType()) {
            case SQLLexer.QuotedIdentifier, SQLLexer.UnicodeQuotedIdentifier -> first.getText();
            default -> context.getText().toLowerCase(Locale.ROOT);
        };
    }

    static int start(ParserRuleContext context) {
        return ((CodeUnitToken) context.getStart()).getCodeUnitStart();
    }

    static int end(ParserRuleContext context) {
        return ((CodeUnitToken) context.getStop()).getCodeUnitStop() + 1;
    }
}
