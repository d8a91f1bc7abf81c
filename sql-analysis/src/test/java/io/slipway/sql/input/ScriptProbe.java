package io.slipway.sql.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.effect.Effects;
import io.slipway.sql.effect.ServerVersion;
import io.slipway.sql.effect.StatementEffects;
import io.slipway.sql.parse.Parser;
import io.slipway.sql.source.Position;
import io.slipway.sql.source.Span;
import io.slipway.sql.split.Comment;
import io.slipway.sql.split.Fragment;
import io.slipway.sql.split.SplitScript;
import io.slipway.sql.split.Splitter;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes a script all the way from the splitter to the effects, and holds what must be true of every text. */
final class ScriptProbe {
    private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");
    private static final ServerVersion[] VERSIONS = {new ServerVersion(14), new ServerVersion(18)};

    private final String script;
    private final SplitScript split;

    private ScriptProbe(String script) {
        this.script = script;
        this.split = Splitter.split(script);
    }

    /** @param catalog takes note of the script's statements */
    static List<Statement> check(String script, Catalog catalog) {
        ScriptProbe probe = new ScriptProbe(script);
        probe.checkFragments();
        probe.checkComments();
        return probe.checkStatements(catalog);
    }

    private void checkFragments() {
        int end = 0;
        for (Fragment fragment : split.fragments()) {
            int start = fragment.span().start().offset();
            assertThat(start).as("fragments come in order").isGreaterThanOrEqualTo(end);
            assertThat(fragment.text()).isNotEmpty().isEqualTo(textOf(fragment.span()));
            assertPosition(fragment.span().start());
            assertThat(fragment.text()).as("no white space around").matches("(?s)[^ \\t-\\r](.*[^ \\t-\\r])?|[^;].*");
            end = fragment.span().end();
        }
        assertThat(end).isLessThanOrEqualTo(script.length());
        checkGaps();
    }

    /** What belongs to no statement must be nothing that PostgreSQL would run. */
    private void checkGaps() {
        StringBuilder rest = new StringBuilder(script);
        if (script.startsWith("\uFEFF")) {
            rest.setCharAt(0, ' ');
        }
        for (Comment comment : split.comments()) {
            blank(
                    rest,
                    comment.start().offset(),
                    comment.start().offset() + comment.text().length());
        }
        List<Fragment> fragments = split.fragments();
        for (int i = 0; i < fragments.size(); i++) {
            int end = fragments.get(i).span().end();
            blank(rest, fragments.get(i).span().start().offset(), end);
            if (fragments.get(i).text().toLowerCase(Locale.ROOT).startsWith("copy")) {
                blank(
                        rest,
                        end,
                        i + 1 < fragments.size()
                                ? fragments.get(i + 1).span().start().offset()
                                : rest.length());
            }
        }
        for (Fragment fragment : fragments) {
            // A comment in a statement, or between its last token and the semicolon, is no comment between statements.
            int end = fragment.span().end();
            int semicolon = script.indexOf(';', end);
            String behind = semicolon < 0 ? script.substring(end) : script.substring(end, semicolon);
            if (behind.contains("--") || behind.contains("/*")) {
                blank(rest, end, next(end));
            }
        }
        assertThat(rest.toString()).as("text between the statements").matches("[ \\t-\\r;]*+");
    }

    private int next(int from) {
        return split.fragments().stream()
                .mapToInt(fragment -> fragment.span().start().offset())
                .filter(start -> start >= from)
                .min()
                .orElse(script.length());
    }

    private static void blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            text.setCharAt(i, ' ');
        }
    }

    private void checkComments() {
        for (Comment comment : split.comments()) {
            int start = comment.start().offset();
            assertThat(script.startsWith(comment.text(), start))
                    .as("comment %s", comment)
                    .isTrue();
            assertPosition(comment.start());
            assertThat(comment.lastLine())
                    .isGreaterThanOrEqualTo(comment.start().line());
        }
    }

    private List<Statement> checkStatements(Catalog catalog) {
        List<Statement> statements = Parser.parse(split);
        assertThat(statements).hasSameSizeAs(split.fragments());
        catalog.startScript();
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            Span whole = split.fragments().get(i).span();
            assertThat(statement.span()).isEqualTo(whole);
            forEachSpan(statement, span -> assertInside(span, whole));
            if (statement instanceof Statement.Unreadable unreadable) {
                assertThat(unreadable.reason()).doesNotContain("the parser gave up");
                assertPlaces(unreadable.reason(), whole);
            }
            for (ServerVersion version : VERSIONS) {
                StatementEffects effects = Effects.of(statement, catalog, version);
                assertThat(effects).isNotNull();
            }
            catalog.apply(statement);
        }
        return statements;
    }

    private void assertInside(Span span, Span whole) {
        assertPosition(span.start());
        assertThat(span.start().offset()).isGreaterThanOrEqualTo(whole.start().offset());
        assertThat(span.end()).isLessThanOrEqualTo(whole.end());
    }

    private static void assertPlaces(String reason, Span whole) {
        var places = PLACE.matcher(reason);
        while (places.find()) {
            assertThat(Integer.parseInt(places.group(1)))
                    .isGreaterThanOrEqualTo(whole.start().line());
            assertThat(Integer.parseInt(places.group(2))).isPositive();
        }
    }

    /** Counted once more, in the plainest way. */
    private void assertPosition(Position position) {
        assertThat(position.offset()).isBetween(0, script.length());
        String before = script.substring(0, position.offset());
        // A line feed right here would make the carriage return before it no end of a line of its own.
        boolean withinBreak = before.endsWith("\r") && script.startsWith("\n", position.offset());
        String[] lines =
                (withinBreak ? before.substring(0, before.length() - 1) + "x" : before).split("\r\n|\r|\n", -1);
        int marks = lines.length == 1 && before.startsWith("\uFEFF") ? 1 : 0;
        assertThat(position)
                .isEqualTo(new Position(position.offset(), lines.length, lines[lines.length - 1].length() + 1 - marks));
    }

    private String textOf(Span span) {
        return script.substring(span.start().offset(), span.end());
    }

    private static void forEachSpan(@Nullable Object value, Consumer<Span> check) {
        switch (value) {
            case Span span -> check.accept(span);
            case Collection<?> many -> many.forEach(one -> forEachSpan(one, check));
            case Record one -> {
                for (RecordComponent component : one.getClass().getRecordComponents()) {
                    forEachSpan(read(component, one), check);
                }
            }
            case null, default -> {}
        }
    }

    private static @Nullable Object read(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(component + " cannot be read", e);
        }
    }
}
