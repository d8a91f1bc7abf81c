package io.slipway.sql.parse;

import io.slipway.sql.ast.Name;
import io.slipway.sql.source.Lines;
import io.slipway.sql.source.Span;
import io.slipway.sql.split.Fragment;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.pgcodekeeper.core.parsers.antlr.base.CodeUnitToken;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Names_referencesContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;

/** The text that a parse tree was made of: its places, its wording, its names. */
record SourceText(Fragment fragment, Lines lines) {

    /** The whole statement. */
    Span span() {
        return fragment.span();
    }

    Span span(ParserRuleContext context) {
        int base = fragment.span().start().offset();
        return lines.span(base + start(context), base + end(context));
    }

    /** As written, white space and comments included. */
    String text(ParserRuleContext context) {
        return fragment.text().substring(start(context), end(context));
    }

    /** What the statement says behind the context. */
    String textAfter(ParserRuleContext context) {
        return fragment.text().substring(end(context));
    }

    Name name(Schema_qualified_nameContext context) {
        List<String> parts = context.getRuleContexts(ParserRuleContext.class).stream()
                .map(SourceText::identifier)
                .toList();
        // Of database.schema.name, which PostgreSQL takes for its own database only, the last two count.
        return parts.size() == 1 ? Name.of(parts.getFirst()) : new Name(parts.get(parts.size() - 2), parts.getLast());
    }

    List<Name> names(Names_referencesContext context) {
        return context.schema_qualified_name().stream().map(this::name).toList();
    }

    /** Folded to lower case unless quoted; the lexer has taken the quotes off. */
    static String identifier(ParserRuleContext context) {
        Token first = context.getStart();
        return switch (first.getType()) {
            case SQLLexer.QuotedIdentifier, SQLLexer.UnicodeQuotedIdentifier -> first.getText();
            default -> context.getText().toLowerCase(Locale.ROOT);
        };
    }

    private static int start(ParserRuleContext context) {
        return ((CodeUnitToken) context.getStart()).getCodeUnitStart();
    }

    private static int end(ParserRuleContext context) {
        return ((CodeUnitToken) context.getStop()).getCodeUnitStop() + 1;
    }
}
