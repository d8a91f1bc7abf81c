package io.slipway.sql.parse;

import io.slipway.sql.ast.AccessStatement;
import io.slipway.sql.ast.Name;
import io.slipway.sql.ast.ObjectKind;
import io.slipway.sql.ast.Persistence;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.CreateSchema;
import io.slipway.sql.ast.TableObjectStatement;
import io.slipway.sql.parse.SourceText.Home;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.base.CodeUnitToken;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/** CREATE SCHEMA with elements, which the grammar knows as statements of their own only. */
final class SchemaElements {
    /** What stands before CREATE and GRANT where they are names or privileges: {@code AS grant}, {@code GRANT CREATE}. */
    private static final Set<Integer> BEFORE_OTHERS =
            Set.of(SQLLexer.AS, SQLLexer.DOT, SQLLexer.COMMA, SQLLexer.GRANT, SQLLexer.WITH);

    private record Element(SourceText source, StatementContext tree, int turn) {
        Statement read(Home home) {
            return new StatementReader(source.at(home)).read(tree);
        }
    }

    private final SourceText source;
    private final CreateSchema schema;

    private SchemaElements(SourceText source, CreateSchema schema) {
        this.source = source;
        this.schema = schema;
    }

    /** Empty for anything else; {@link Refused} where an element cannot be read. */
    static Optional<Statement> read(SourceText source) {
        if (!Keywords.of(source.text()).kind().equals("CREATE SCHEMA")) {
            return Optional.empty();
        }
        List<Integer> bounds = bounds(source.text());
        if (bounds.size() < 3) {
            return Optional.empty();
        }
        SourceText head = source.piece(0, bounds.get(1));
        return Parser.tree(head, new ArrayList<>())
                .map(tree -> new StatementReader(head).read(tree))
                .filter(CreateSchema.class::isInstance)
                .map(found -> new SchemaElements(source, (CreateSchema) found).read(bounds));
    }

    /** Where the statement and its elements start, and where the last ends. */
    private static List<Integer> bounds(String text) {
        CommonTokenStream tokens = (CommonTokenStream)
                Grammar.SHARED.parser(text, new ArrayList<>()).getTokenStream();
        tokens.fill();
        List<Integer> bounds = new ArrayList<>();
        int depth = 0;
        int before = Token.INVALID_TYPE;
        int end = 0;
        for (Token token : tokens.getTokens()) {
            if (token.getChannel() != Token.DEFAULT_CHANNEL || token.getType() == Token.EOF) {
                continue;
            }
            int type = token.getType();
            depth += type == SQLLexer.LEFT_PAREN ? 1 : type == SQLLexer.RIGHT_PAREN ? -1 : 0;
            if (depth == 0 && (type == SQLLexer.CREATE || type == SQLLexer.GRANT) && !BEFORE_OTHERS.contains(before)) {
                bounds.add(((CodeUnitToken) token).getCodeUnitStart());
            }
            before = type;
            end = ((CodeUnitToken) token).getCodeUnitStop() + 1;
        }
        bounds.add(end);
        return bounds;
    }

    private Statement read(List<Integer> bounds) {
        if (schema.ifNotExists()) {
            throw new Refused(source.span().start(), "with IF NOT EXISTS a schema can have no elements");
        }
        List<Element> elements = new ArrayList<>();
        for (int i = 1; i + 1 < bounds.size(); i++) {
            elements.add(element(source.piece(bounds.get(i), bounds.get(i + 1))));
        }
        elements.sort(Comparator.comparing(Element::turn));
        Set<String> relations = new HashSet<>();
        for (Element element : elements) {
            Name name = relation(element.read(Home.NONE));
            if (name != null) {
                relations.add(name.local());
            }
        }
        Home home = new Home(schema.name(), relations);
        List<Statement> parts =
                elements.stream().map(element -> element.read(home)).toList();
        parts.forEach(this::refuseElsewhere);
        return new CreateSchema(source.span(), schema.name(), false, parts);
    }

    private static Element element(SourceText piece) {
        List<Object> errors = new ArrayList<>();
        StatementContext tree = Parser.tree(piece, errors)
                .orElseThrow(() -> new Refused(Parser.reason(errors, piece.text(), piece.base(), piece.lines())));
        SourceText own = piece.statement(tree);
        return new Element(own, tree, turn(new StatementReader(own).read(tree)));
    }

    private static @Nullable Name relation(Statement element) {
        return switch (element) {
            case Statement.CreateTable table -> table.name();
            case Statement.CreateView view -> view.name();
            case Statement.CreateObject object -> object.name();
            default -> null;
        };
    }

    /** In which order PostgreSQL makes them, up to 18; what holds in theirs holds in any that works. */
    private static int turn(Statement element) {
        return switch (element) {
            case Statement.CreateObject object when object.kind() == ObjectKind.SEQUENCE && !object.temporary() -> 0;
            case Statement.CreateTable table
            when !table.fromQuery() && table.persistence() != Persistence.TEMPORARY -> 1;
            case Statement.CreateView view when !view.materialized() && !view.temporary() -> 2;
            case Statement.CreateIndex index when !index.concurrently() -> 3;
            case TableObjectStatement.CreateTrigger _ -> 4;
            case AccessStatement.Grant grant when !grant.membership() -> 5;
            default ->
                throw new Refused(
                        element.span().start(),
                        "an element of a schema can be a table, view, index, sequence, trigger or grant, and this is none");
        };
    }

    /** All that it makes, and the tables of its indexes and triggers, have to be in the new schema. */
    private void refuseElsewhere(Statement element) {
        Name name =
                switch (element) {
                    case Statement.CreateIndex index -> index.table();
                    case TableObjectStatement.CreateTrigger trigger -> trigger.table();
                    default -> relation(element);
                };
        if (name != null && !schema.name().equals(name.schema())) {
            throw new Refused(
                    element.span().start(),
                    "%s is not in the schema %s, which is new".formatted(name.sql(), Name.quoted(schema.name())));
        }
    }
}
