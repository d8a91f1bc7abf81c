package io.slipway.sql.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.effect.Effects;
import io.slipway.sql.effect.ServerVersion;
import io.slipway.sql.parse.Parser;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The memory of the test JVM is the bound on memory; the times are many times what a quiet machine needs. */
@Timeout(120)
class LargeInputTest {
    private static final int MANY = 100_000;

    private static final int FIFTY_MB = 50_000_000;

    private static final int WIDEST = 10_000;

    @Test
    void takesAHundredThousandStatements() {
        // Given
        String script = many(MANY / 4, """
                CREATE TABLE t%1$d (id bigint PRIMARY KEY, a int);
                ALTER TABLE t%1$d ADD COLUMN b text;
                CREATE INDEX ON t%1$d (b);
                UPDATE t%1$d SET b = 'x' WHERE id = %1$d;
                """);

        // When
        List<Statement> statements = Parser.parse(script);
        Catalog catalog = replay(statements);

        // Then
        assertThat(statements).hasSize(MANY).noneMatch(Statement.Unreadable.class::isInstance);
        assertThat(catalog.relations()).hasSize(MANY / 4);
    }

    @Test
    void takesAStatementOfFiftyMegabytes() {
        // Given: one string, one list of rows, one comment.
        String text = "INSERT INTO t VALUES ('" + "x".repeat(FIFTY_MB / 3) + "');";
        String rows = "INSERT INTO t VALUES " + "(1, 'a'),".repeat(FIFTY_MB / 27) + "(1, 'a');";
        String comment = "DROP TABLE a /*" + "-".repeat(FIFTY_MB / 3) + "*/;";

        // When
        List<Statement> statements = Parser.parse(text + rows + comment + "DROP TABLE b");

        // Then
        assertThat(statements)
                .hasExactlyElementsOfTypes(
                        Statement.Unreadable.class,
                        Statement.Unreadable.class,
                        Statement.DropObject.class,
                        Statement.DropObject.class);
        replay(statements);
    }

    @Test
    void takesOneStatementAboutManyThings() {
        // Given
        String names = IntStream.range(0, WIDEST).mapToObj(i -> "t" + i).collect(Collectors.joining(", "));
        String columns =
                IntStream.range(0, WIDEST).mapToObj(i -> "c" + i + " int").collect(Collectors.joining(", "));
        String actions = IntStream.range(0, 1_600)
                .mapToObj(i -> "ADD COLUMN d" + i + " int")
                .collect(Collectors.joining(", "));

        // When
        List<Statement> statements = Parser.parse("CREATE TABLE w (" + columns + "); ALTER TABLE w " + actions
                + "; TRUNCATE " + names + "; DROP TABLE " + names);

        // Then
        assertThat(statements).hasSize(4).noneMatch(Statement.Unreadable.class::isInstance);
        replay(statements);
    }

    @Test
    void isNotSlowedDownByWhatLooksLikeTheStartOfSomething() {
        // Given: half a megabyte that a pattern with a choice of paths would try in all ways.
        String words = "CREATE SEQUENCE " + "sequence ".repeat(50_000) + ";";
        String spaces = "CREATE TABLE t (a double" + " ".repeat(500_000) + "precision);";
        String language = "CREATE FUNCTION f() LANGUAGE" + " ".repeat(500_000) + ";";
        long start = System.nanoTime();

        // When
        List<Statement> statements = Parser.parse(words + spaces + language);

        // Then
        assertThat(statements).hasSize(3);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    private static String many(int times, String statements) {
        StringBuilder script = new StringBuilder();
        IntStream.range(0, times).forEach(i -> script.append(statements.formatted(i)));
        return script.toString();
    }

    private static Catalog replay(List<Statement> statements) {
        Catalog catalog = new Catalog("public");
        for (Statement statement : statements) {
            Effects.of(statement, catalog, ServerVersion.OLDEST);
            catalog.apply(statement);
        }
        return catalog;
    }
}
