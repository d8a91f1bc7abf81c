package io.slipway.sql.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.slipway.sql.source.Position;
import io.slipway.sql.split.Fragment.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SplitterTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void cutsWherePsqlWouldCut(String what, String script, List<String> statements) {
        // When
        SplitScript split = Splitter.split(script);

        // Then
        assertThat(split.fragments()).extracting(Fragment::text).isEqualTo(statements);
        assertThat(split.fragments()).noneMatch(fragment -> fragment.ending().unterminated());
        for (Fragment fragment : split.fragments()) {
            assertThat(script.substring(
                            fragment.span().start().offset(), fragment.span().end()))
                    .isEqualTo(fragment.text());
        }
    }

    static Stream<Arguments> scripts() {
        return Stream.of(
                arguments("nothing", "", List.of()),
                arguments("nothing but semicolons, space and comments", " ;\n;; -- a;\n/* b; */ ;", List.of()),
                arguments("two statements", "SELECT 1; SELECT 2;", List.of("SELECT 1", "SELECT 2")),
                arguments("no semicolon at the end", "SELECT 1;\nSELECT 2", List.of("SELECT 1", "SELECT 2")),
                arguments(
                        "comments around",
                        "/* a */ SELECT 1 -- b\n ; -- c\nSELECT 2 /* d */",
                        List.of("SELECT 1", "SELECT 2")),
                arguments(
                        "semicolon in a string", "SELECT 'a;''b;' ; SELECT 2", List.of("SELECT 'a;''b;'", "SELECT 2")),
                arguments(
                        "backslash in a standard string",
                        "SELECT 'a\\'; SELECT 2",
                        List.of("SELECT 'a\\'", "SELECT 2")),
                arguments(
                        "escaped quote in an E string",
                        "SELECT E'a\\';b', e'\\\\'; SELECT 2",
                        List.of("SELECT E'a\\';b', e'\\\\'", "SELECT 2")),
                arguments(
                        "E string that goes on in the next line",
                        "SELECT E'a'\n  'b\\';c'; SELECT 2",
                        List.of("SELECT E'a'\n  'b\\';c'", "SELECT 2")),
                arguments(
                        "identifier that ends in e before a string",
                        "SELECT type'a\\'; SELECT 2",
                        List.of("SELECT type'a\\'", "SELECT 2")),
                arguments(
                        "Unicode and bit strings",
                        "SELECT U&'\\0041;', B'0;', X'F;', N';'; SELECT 2",
                        List.of("SELECT U&'\\0041;', B'0;', X'F;', N';'", "SELECT 2")),
                arguments(
                        "quoted identifiers",
                        "SELECT \"a;\"\"b'\" ; SELECT U&\"\\0041;\"",
                        List.of("SELECT \"a;\"\"b'\"", "SELECT U&\"\\0041;\"")),
                arguments(
                        "dollar quotes",
                        "SELECT $$a;'b$$; SELECT $t$ $$;$$ ; $x$ $t$",
                        List.of("SELECT $$a;'b$$", "SELECT $t$ $$;$$ ; $x$ $t$")),
                arguments(
                        "dollar tag with digits and accents",
                        "SELECT $é1$;$é$;$é1$; SELECT 2",
                        List.of("SELECT $é1$;$é$;$é1$", "SELECT 2")),
                arguments(
                        "dollars that open nothing",
                        "SELECT a$$b; SELECT $1, $2$; SELECT $9x$;",
                        List.of("SELECT a$$b", "SELECT $1, $2$", "SELECT $9x$")),
                arguments(
                        "tag that is another one's beginning",
                        "SELECT $a$ $ab$ ; $a$; SELECT 2",
                        List.of("SELECT $a$ $ab$ ; $a$", "SELECT 2")),
                arguments(
                        "nested block comments",
                        "SELECT /* ; /* ; */ ; */ 1; SELECT 2",
                        List.of("SELECT /* ; /* ; */ ; */ 1", "SELECT 2")),
                arguments(
                        "comment signs in an operator and in strings",
                        "SELECT 1 <-- ;\n 2; SELECT '--', '/*';",
                        List.of("SELECT 1 <-- ;\n 2", "SELECT '--', '/*'")),
                arguments(
                        "quotes in comments",
                        "-- it's\n/* \"$$' */ SELECT 1; SELECT 2",
                        List.of("SELECT 1", "SELECT 2")),
                arguments(
                        "BEGIN ATOMIC",
                        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END; SELECT 2",
                        List.of(
                                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 END; END",
                                "SELECT 2")),
                arguments(
                        "BEGIN ATOMIC of a replaced procedure, in odd case and with comments",
                        "create or Replace procedure p() begin /* ; */ Atomic INSERT INTO t VALUES (';'); end; SELECT 2",
                        List.of(
                                "create or Replace procedure p() begin /* ; */ Atomic INSERT INTO t VALUES (';'); end",
                                "SELECT 2")),
                arguments(
                        "BEGIN that opens a transaction", "BEGIN; SELECT 1; END;", List.of("BEGIN", "SELECT 1", "END")),
                arguments(
                        "rule with several commands",
                        "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b); SELECT 2",
                        List.of("CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)", "SELECT 2")),
                arguments(
                        "parenthesis that is never closed",
                        "CREATE TABLE t (a int; DROP TABLE u;",
                        List.of("CREATE TABLE t (a int", "DROP TABLE u")),
                arguments(
                        "meta-commands",
                        "\\set x 'a;b'\r\nSELECT 1;\n  \\echo it's \n\\connect db",
                        List.of("\\set x 'a;b'", "SELECT 1", "\\echo it's", "\\connect db")),
                arguments(
                        "COPY data",
                        "COPY t FROM stdin;\n1\tit's; $$\n\\.x\n\\.\nSELECT 2;",
                        List.of("COPY t FROM stdin", "SELECT 2")),
                arguments(
                        "COPY from a file",
                        "COPY t FROM '/stdin'; SELECT 2",
                        List.of("COPY t FROM '/stdin'", "SELECT 2")),
                arguments(
                        "NUL and control characters",
                        "SELECT '\0;'; \u0001 ; SELECT 2",
                        List.of("SELECT '\0;'", "\u0001", "SELECT 2")),
                arguments(
                        "words of the Turkish dotless kind",
                        "COPY t FROM ſtdin; SELECT 2",
                        List.of("COPY t FROM ſtdin", "SELECT 2")));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("brokenOff")
    void saysWhatIsOpenAtTheEnd(String script, Ending expected, int statements) {
        // When
        List<Fragment> fragments = Splitter.split(script).fragments();

        // Then
        assertThat(fragments).hasSize(statements);
        assertThat(fragments.getLast().ending()).isEqualTo(expected);
        assertThat(fragments.getLast().ending().defect()).isNotBlank();
    }

    static Stream<Arguments> brokenOff() {
        return Stream.of(
                arguments("SELECT 1; SELECT 'a; SELECT 2;", Ending.UNTERMINATED_STRING, 2),
                arguments("SELECT E'a\\'", Ending.UNTERMINATED_STRING, 1),
                arguments("SELECT E'a'\n'b\\'", Ending.UNTERMINATED_STRING, 1),
                arguments("SELECT \"a;", Ending.UNTERMINATED_IDENTIFIER, 1),
                arguments("SELECT $a$ ; $b$", Ending.UNTERMINATED_DOLLAR_QUOTE, 1),
                arguments("SELECT 1; /* /* */ SELECT 2;", Ending.UNTERMINATED_COMMENT, 2),
                arguments("SELECT 1 /* a", Ending.UNTERMINATED_COMMENT, 1),
                arguments("CREATE FUNCTION f() BEGIN ATOMIC SELECT 1;", Ending.UNTERMINATED_BODY, 1),
                arguments("COPY t FROM stdin;\n1\n2\n", Ending.UNTERMINATED_COPY_DATA, 1));
    }

    @Test
    void countsLinesAndColumnsFromOne() {
        // Given
        String script = "\uFEFFSELECT 1;\r\n\tSELECT 2;\rSELECT '\uD83D\uDE00'; SELECT 4;\n\n  SELECT 5";

        // When
        List<Fragment> fragments = Splitter.split(script).fragments();

        // Then
        assertThat(fragments)
                .extracting(fragment -> fragment.span().start())
                .containsExactly(
                        new Position(1, 1, 1),
                        new Position(13, 2, 2),
                        new Position(23, 3, 1),
                        new Position(36, 3, 14),
                        new Position(49, 5, 3));
    }

    @Test
    void keepsTheCommentsBetweenStatements() {
        // When
        SplitScript split = Splitter.split("-- a\n  /* b\n */\nSELECT /* in it */ 1; -- c\r\n-- d");

        // Then
        assertThat(split.comments()).extracting(Comment::text).containsExactly("-- a", "/* b\n */", "-- c", "-- d");
        assertThat(split.comments()).extracting(Comment::ownLine).containsExactly(true, true, false, true);
        assertThat(split.comments()).extracting(Comment::lastLine).containsExactly(1, 3, 4, 5);
    }

    @Test
    void takesTimeInProportionToTheLength() {
        // Given
        String statements = "ALTER TABLE t ADD COLUMN c text DEFAULT 'a''b'; -- why\n".repeat(100_000);
        String openers = "/*".repeat(500_000);
        String quotes = "''".repeat(500_000) + "$a$";
        String dollars = "$a$b".repeat(300_000);

        // When, Then
        Assertions.assertThatCode(() -> {
                    assertThat(Splitter.split(statements).fragments()).hasSize(100_000);
                    assertThat(Splitter.split(openers).fragments()).hasSize(1);
                    assertThat(Splitter.split(quotes).fragments()).hasSize(1);
                    assertThat(Splitter.split(dollars).fragments()).hasSize(1);
                })
                .doesNotThrowAnyException();
        assertThat(timeOf(() -> Splitter.split(statements))).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void acceptsAnyText() {
        // Given
        String[] pieces = {
            "'",
            "\"",
            "$$",
            "$a$",
            "/*",
            "*/",
            "--",
            "\n",
            "\r",
            ";",
            "E'",
            "\\",
            "\\.",
            "BEGIN ATOMIC ",
            "END ",
            "CREATE FUNCTION ",
            "COPY t FROM stdin;",
            "(",
            ")",
            "x",
            "1",
            "$1",
            "\0",
            "é",
            "\uD83D",
            "\uFEFF",
            " "
        };
        Random random = new Random(7);

        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }

            // When
            List<Fragment> fragments = Splitter.split(text.toString()).fragments();

            // Then
            int end = 0;
            for (Fragment fragment : fragments) {
                assertThat(fragment.span().start().offset()).isGreaterThanOrEqualTo(end);
                assertThat(text.substring(
                                fragment.span().start().offset(),
                                fragment.span().end()))
                        .isEqualTo(fragment.text())
                        .isNotEmpty();
                end = fragment.span().end();
            }
        }
    }

    private static Duration timeOf(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
