package io.slipway.sql.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.slipway.sql.ast.Statement;
import io.slipway.sql.ast.Statement.DropObject;
import io.slipway.sql.ast.Statement.Query;
import io.slipway.sql.ast.Statement.Unreadable;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.effect.Effects;
import io.slipway.sql.effect.ServerVersion;
import io.slipway.sql.parse.Parser;
import io.slipway.sql.source.Position;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTest {

    /** A statement that is to be found behind the trouble, wherever that is possible. */
    private static final String LAST = "DROP TABLE last";

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void saysWhatItCannotReadAndReadsTheRest(String what, String script, List<Class<?>> kinds, String reason) {
        // When
        List<Statement> statements = check(script);

        // Then
        assertThat(statements).extracting(Object::getClass).isEqualTo(kinds);
        assertThat(statements.stream().filter(Unreadable.class::isInstance).map(statement -> ((Unreadable) statement)
                        .reason()))
                .allSatisfy(given -> assertThat(given).contains(reason));
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                trouble(
                        "a typing mistake",
                        "SELECT 1;\n  SELEC 2;\n",
                        "line 2, column 3",
                        Query.class,
                        Unreadable.class),
                trouble("a word too much", "DROP TABLE a b;\n", "line 1, column 14", Unreadable.class),
                trouble("a missing parenthesis", "CREATE TABLE t (a int;\n", "line 1, column", Unreadable.class),
                trouble("a parenthesis too much", "SELECT 1);\n", "line 1, column 9", Unreadable.class),
                trouble("a missing semicolon", "DROP TABLE a\nDROP TABLE b;\n", "line 2, column 1", Unreadable.class),
                trouble("an empty CREATE", "CREATE;\n", "line 1", Unreadable.class),
                trouble("CREATE SCHEMA without a name", "CREATE SCHEMA;\n", "", Unreadable.class),
                trouble("a column without a type", "ALTER TABLE t ADD COLUMN c;\n", "", Unreadable.class),
                trouble("NUL in a word", "SELECT\0 1;\n", "line 1, column 7", Unreadable.class),
                trouble(
                        "a control character",
                        "SELECT 1 \u0001;\n",
                        "line 1, column 10: a character",
                        Unreadable.class),
                trouble("NUL between statements", "\0;\n", "", Unreadable.class),
                trouble("NUL in a string", "SELECT 'a\0b';\n", "line 1, column 10: a NUL", Unreadable.class),
                trouble("a lone surrogate", "SELECT '\uD83D', \"\uDE00\";\n", "", Query.class),
                trouble("a lone surrogate outside of quotes", "SELECT \uD83D;\n", "line 1, column 8", Unreadable.class),
                trouble(
                        "a meta-command",
                        "\\set x 'a;b'\n\\i other.sql\r\n",
                        "psql",
                        Unreadable.class,
                        Unreadable.class),
                trouble("a psql variable", "SELECT :x;\n", "line 1, column 8", Unreadable.class),
                trouble(
                        "COPY data like SQL",
                        "COPY t FROM stdin;\nDROP TABLE x;\n$$ '\n\\.x\n\\.\n",
                        "",
                        Statement.Insert.class),
                trouble("COPY data with CRLF", "COPY t FROM stdin;\r\n1;'\r\n\\.\r\n", "", Statement.Insert.class),
                trouble("COPY data of none", "COPY t FROM stdin;\n\\.\n", "", Statement.Insert.class),
                trouble("a comment behind COPY", "COPY t FROM stdin; -- rows\n1\n\\.\n", "", Statement.Insert.class),
                trouble(
                        "a statement behind COPY",
                        "COPY t FROM stdin; DROP TABLE x;\n1\n\\.\n",
                        "behind the semicolon",
                        Unreadable.class),
                trouble(
                        "COPY behind a symbol",
                        ")COPY t FROM stdin;\nDROP TABLE x;\n",
                        "line 1, column 1",
                        Unreadable.class,
                        DropObject.class),
                trouble("quotes in dollar quotes", "SELECT $a$ ' \" $$ ; -- /* $a$;\n", "", Query.class),
                trouble("Unicode escapes", "SELECT U&'d\\0061;' UESCAPE '!', U&\"d\\0061;\";\n", "", Query.class),
                trouble("no-break spaces", "SELECT\u00A01;\n", "line 1, column", Unreadable.class),
                trouble(
                        "a mark in the middle",
                        "SELECT 1;\n\uFEFFSELECT 2;\n",
                        "line 2, column 1",
                        Query.class,
                        Unreadable.class),
                trouble(
                        "a merge conflict",
                        "<<<<<<< HEAD\nSELECT 1;\n=======\nSELECT 2;\n>>>>>>> b\n;",
                        "line",
                        Unreadable.class,
                        Unreadable.class,
                        Unreadable.class));
    }

    private static Arguments trouble(String what, String script, String reason, Class<?>... kinds) {
        return arguments(
                what,
                script + LAST,
                Stream.concat(Stream.of(kinds), Stream.of(DropObject.class)).toList(),
                reason);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("halves")
    void saysWhatIsOpenAtTheEndOfHalfAStatement(String script, String reason) {
        // When
        List<Statement> statements = check("SELECT 1;\n" + script);

        // Then
        assertThat(statements).hasSize(2);
        assertThat(statements.getLast()).isInstanceOfSatisfying(Unreadable.class, half -> assertThat(half.reason())
                .contains(reason));
    }

    static Stream<Arguments> halves() {
        return Stream.of(
                arguments("ALTER TABLE t ADD", "line 2, column 15"),
                arguments("CREATE TABLE t (a int,\n  b", "line 3, column 3"),
                arguments("INSERT INTO t VALUES (1, 'a", "no closing quote"),
                arguments("DROP TABLE \"a", "no closing quote"),
                arguments("SELECT E'a\\", "no closing quote"),
                arguments("DO $x$ BEGIN DROP TABLE a; END $", "no closing tag"),
                arguments("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1;", "no END"),
                arguments("DROP TABLE a /* b", "no closing */"),
                arguments("COPY t FROM stdin;\n1\n2", "\\."),
                arguments("COPY t FROM stdin;", "\\."));
    }

    @ParameterizedTest
    @MethodSource("lineEnds")
    void countsLinesWithAnyEnd(String end, String start) {
        // When
        List<Statement> statements =
                check(start + "SELECT 1;" + end + end + "  DROP TABLE a" + end + "  ,, b;" + end + " SELECT 3");

        // Then
        int mark = start.length();
        assertThat(statements.get(0).span().start()).isEqualTo(new Position(mark, 1, 1));
        assertThat(statements.get(1).span().start()).isEqualTo(new Position(mark + 9 + 2 * end.length() + 2, 3, 3));
        assertThat(statements.get(1)).isInstanceOfSatisfying(Unreadable.class, it -> assertThat(it.reason())
                .startsWith("line 4, column 4"));
        assertThat(statements.get(2).span().start().line()).isEqualTo(5);
        assertThat(statements.get(2).span().start().column()).isEqualTo(2);
    }

    static Stream<Arguments> lineEnds() {
        return Stream.of("\n", "\r\n", "\r")
                .flatMap(end -> Stream.of("", "\uFEFF").map(start -> arguments(end, start)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nestings")
    void endsHoweverDeepTheNesting(String what, String script) {
        // When
        List<Statement> statements = check(script + ";" + LAST);

        // Then: read or not, and the next one in any case.
        assertThat(statements).hasSize(2);
        assertThat(statements.getLast()).isInstanceOf(DropObject.class);
    }

    static Stream<Arguments> nestings() {
        return Stream.of(
                nested("parentheses", "SELECT ", "(", "1", ")"),
                nested("subqueries", "", "SELECT * FROM (", "SELECT 1", ") a"),
                nested("CASE", "SELECT ", "CASE WHEN true THEN ", "1", " END"),
                nested("NOT", "SELECT ", "NOT ", "true", ""),
                nested("signs", "SELECT ", "- ", "1", ""),
                nested("arrays", "SELECT ARRAY", "[", "1", "]"),
                nested("casts", "SELECT 1", "::int", "", ""),
                nested("AND", "SELECT true", " AND true", "", ""),
                nested("UNION", "SELECT 1", " UNION SELECT 1", "", ""),
                nested("joins", "SELECT * FROM a", " JOIN a ON true", "", ""),
                nested("WITH", "", "WITH a AS (", "SELECT 1", ") SELECT 1"),
                nested("blocks", "DO $$ ", "BEGIN ", "NULL;", " END; ").apply("$$"),
                nested("IF", "DO $$ BEGIN ", "IF true THEN ", "NULL;", " END IF; ")
                        .apply("END $$"),
                nested("comments", "SELECT 1 ", "/*", "", "*/"),
                nested(
                                "BEGIN ATOMIC",
                                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT ",
                                "CASE WHEN true THEN ",
                                "1",
                                " END")
                        .apply("; END"),
                nested("types", "CREATE TABLE t (a int", "[]", "", "").apply(")"));
    }

    private record Nested(String what, String script) implements Arguments {
        Nested apply(String end) {
            return new Nested(what, script + end);
        }

        @Override
        public Object[] get() {
            return new Object[] {what, script};
        }
    }

    private static Nested nested(String what, String start, String open, String inmost, String close) {
        return new Nested(what, start + open.repeat(1_000) + inmost + close.repeat(1_000));
    }

    @ParameterizedTest
    @MethodSource("circles")
    void goesRoundNoCircleThatAScriptTellsOf(String script) {
        assertThat(check(script)).noneMatch(Unreadable.class::isInstance);
    }

    static Stream<String> circles() {
        String use = """
                ALTER TABLE a ADD COLUMN c int;
                CREATE INDEX ON a (c);
                SELECT * FROM a, b FOR UPDATE;
                UPDATE a SET c = 1;
                DELETE FROM b;
                LOCK TABLE a;
                ALTER TABLE a RENAME TO d;
                ALTER TABLE d RENAME TO a;
                TRUNCATE a CASCADE;
                DROP TABLE a CASCADE;
                DROP VIEW IF EXISTS b CASCADE;
                """;
        return Stream.of(
                "CREATE TABLE a (); CREATE TABLE b (); ALTER TABLE a INHERIT b; ALTER TABLE b INHERIT a;" + use,
                "CREATE TABLE a (x int) PARTITION BY LIST (x); ALTER TABLE a ATTACH PARTITION a DEFAULT;" + use,
                "CREATE TABLE a PARTITION OF b DEFAULT PARTITION BY LIST (x);"
                        + "CREATE TABLE b PARTITION OF a DEFAULT PARTITION BY LIST (x);" + use,
                "CREATE VIEW a AS SELECT 1; CREATE VIEW b AS SELECT * FROM a; CREATE OR REPLACE VIEW a AS SELECT * FROM b;"
                        + use,
                "CREATE TABLE a (x int REFERENCES b); CREATE TABLE b (x int REFERENCES a);" + use);
    }

    @Test
    void followsLongChainsAndWidelyForkedOnes() {
        // Given
        int length = 2_000;
        String chain = joined(length, "CREATE TABLE c%2$d () INHERITS (c%1$d);");
        String views = joined(length, "CREATE VIEW v%2$d AS SELECT * FROM v%1$d;");
        String keys = joined(length, "CREATE TABLE k%2$d (x int REFERENCES k%1$d);");
        String forks = joined(
                40, "CREATE TABLE f%2$d () INHERITS (f%1$d, g%1$d); CREATE TABLE g%2$d () INHERITS (f%1$d, g%1$d);");
        String forkedViews = joined(
                40,
                "CREATE VIEW w%2$d AS SELECT * FROM w%1$d, x%1$d; CREATE VIEW x%2$d AS SELECT * FROM w%1$d, x%1$d;");
        String use = """
                ALTER TABLE c0 ADD COLUMN a int;
                SELECT * FROM v%d;
                TRUNCATE k0 CASCADE;
                DROP TABLE c0 CASCADE;
                DROP VIEW v1 CASCADE;
                ALTER TABLE f0 ADD COLUMN a int;
                SELECT * FROM w40;
                DROP TABLE f0, g0 CASCADE;
                DROP VIEW w1, x1 CASCADE;
                """.formatted(length);

        // When
        Catalog catalog = new Catalog("public");
        List<Statement> statements = Parser.parse(chain + views + keys + forks + forkedViews + use);
        for (Statement statement : statements) {
            Effects.of(statement, catalog, ServerVersion.OLDEST);
            catalog.apply(statement);
        }

        // Then
        assertThat(statements).noneMatch(Unreadable.class::isInstance);
        assertThat(catalog.relations())
                .extracting(relation -> relation.name().local().charAt(0))
                .containsOnly('k');
    }

    private static String joined(int length, String statement) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, length).forEach(i -> text.append(statement.formatted(i, i + 1)));
        return text.toString();
    }

    private static List<Statement> check(String script) {
        return ScriptProbe.check(script, new Catalog("public"));
    }
}
