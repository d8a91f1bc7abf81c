package io.slipway.cli.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.cli.CommandFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateOfflineTest {
    @TempDir
    Path folder;

    @Test
    void isCleanOnSoundScripts() throws IOException {
        // Given
        write("db/V1__a.sql", "CREATE TABLE t (id bigint PRIMARY KEY);");
        write("db/V2__b.sql", "CREATE INDEX t_i ON t (id);");

        // When
        CommandFixture run = run("validate", "--offline", "db");

        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("Nothing found in 2 files, 2 statements.\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void showsTheLineAMarkWhatItBlocksAndTheSafeForm() throws IOException {
        // Given
        write("db/V1__a.sql", "SELECT 1;\nCREATE INDEX orders_state ON orders (state);\n");

        // When
        CommandFixture run = run("validate", "--offline", "db");

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains(
                        "error[create-index-not-concurrent]: CREATE INDEX blocks all writes to orders while it builds.")
                .contains("--> db/V1__a.sql:2:1\n")
                .contains("2 | CREATE INDEX orders_state ON orders (state);\n  | ^^^^^^^^")
                .contains("= lock: SHARE on orders")
                .contains("CREATE INDEX CONCURRENTLY orders_state ON orders (state);");
    }

    @ParameterizedTest
    @CsvSource({"error,0", "warning,2", "never,0"})
    void failsFromTheSeverityThatIsAskedFor(String limit, int exitCode) throws IOException {
        // Given
        write("a.sql", "DROP INDEX orders_state;");

        // When, Then
        assertThat(run("validate", "--offline", "a.sql", "--fail-on", limit).exitCode())
                .isEqualTo(exitCode);
    }

    @Test
    void reportsOnlyWhatIsNewerThanTheBaseline() throws IOException {
        // Given
        write("V1__a.sql", "CREATE TABLE orders (id int NOT NULL, a varchar(5)); DROP TABLE old;");
        write("V2__b.sql", "ALTER TABLE orders ALTER a TYPE varchar(9), ALTER id SET NOT NULL;");
        write("V3__c.sql", "CREATE INDEX i ON orders (a);");

        // When
        CommandFixture run = run("validate", "--offline", ".", "--since", "1", "--format", "gcc");

        // Then: the table is old, and its columns are known.
        assertThat(run.out()).startsWith("V3__c.sql:1:1: error: CREATE INDEX").hasLineCount(1);
    }

    @Test
    void knowsTheSchemaAndTheSizesThatItIsGiven() throws IOException {
        // Given
        write("schema.sql", "CREATE TABLE orders (id int, note varchar(5)); CREATE TABLE big (id int);");
        write(
                "stats.json",
                "{\"tables\": {\"orders\": {\"rows\": 10, \"bytes\": 8192}, \"public.big\": {\"rows\": 90000000}}}");
        write("a.sql", "ALTER TABLE orders ALTER note TYPE text;");
        write("b.sql", "UPDATE orders SET id = 1;\nUPDATE big SET id = 1;");

        // When
        CommandFixture run = run(
                "validate",
                "--offline",
                "a.sql",
                "b.sql",
                "--schema",
                "schema.sql",
                "--stats",
                "stats.json",
                "--format",
                "gcc");

        // Then
        assertThat(run.out().lines())
                .satisfiesExactly(
                        small -> assertThat(small).startsWith("b.sql:1:1: warning:"),
                        large -> assertThat(large).startsWith("b.sql:2:1: error:"));
    }

    @Test
    void takesEachFileForItselfWhateverItIsCalled() throws IOException {
        // Given
        write("one.sql", "CREATE TABLE t (id int);");
        write("two.sql", "CREATE INDEX i ON t (id);");

        // When, Then
        assertThat(run("validate", "--offline", "--each", "one.sql", "two.sql").exitCode())
                .isEqualTo(2);
        assertThat(run("validate", "--offline", "one.sql", "two.sql").exitCode())
                .isZero();
    }

    @Test
    void obeysRulesThatAreAddedAndRemoved() throws IOException {
        // Given
        write("a.sql", "DROP TABLE orders; CREATE TABLE t (id int);");

        // When
        CommandFixture run = run(
                "validate", "--offline", "a.sql", "--no-rule", "drop-table", "--rule", "require-primary-key", "--json");

        // Then
        assertThat(run.json().path("findings").findValuesAsText("rule")).containsExactly("require-primary-key");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void placesFindingsInTheScriptAsItIsWrittenAroundPlaceholders() throws IOException {
        // Given
        write("V1__a.sql", "SELECT '${long}'; DROP TABLE ${name}; SELECT '${missing}';");

        // When
        CommandFixture run = run(
                "validate",
                "--offline",
                "V1__a.sql",
                "--placeholder",
                "long=0123456789\n0123456789",
                "--placeholder",
                "NAME=orders",
                "--format",
                "gcc");

        // Then
        assertThat(run.out().lines())
                .satisfiesExactly(
                        drop -> assertThat(drop).startsWith("V1__a.sql:1:19: error: DROP TABLE deletes orders"),
                        missing -> assertThat(missing)
                                .isEqualTo(
                                        "V1__a.sql:1:47: error: There is no value for the placeholder ${missing}. [unresolved-placeholder]"));
    }

    @Test
    void looksAtAllOtherFilesWhenOneIsNoText() throws IOException {
        // Given
        Files.write(
                folder.resolve("V1__a.sql"),
                "SELECT 1;\nSELECT 'gr\u00fc\u00df'".getBytes(StandardCharsets.ISO_8859_1));
        write("V2__b.sql", "DROP TABLE orders;");

        // When
        CommandFixture run = run("validate", "--offline", ".", "--format", "gcc");

        // Then
        assertThat(run.exitCode()).isEqualTo(66);
        assertThat(run.out().lines())
                .satisfiesExactly(
                        bad -> assertThat(bad)
                                .startsWith("V1__a.sql:2:11: error: V1__a.sql is not UTF-8: byte 21 of it, 0xFC"),
                        good -> assertThat(good).startsWith("V2__b.sql:1:1: error: DROP TABLE"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\\uFEFFDROP TABLE a; | 1 | 1",
                "SELECT 1;\\rDROP TABLE a; | 2 | 1",
                "SELECT 1;\\r\\n  DROP TABLE a; | 2 | 3",
                "\\set x 1\\nDROP TABLE a; | 2 | 1",
                "COPY t FROM stdin;\\nDROP TABLE x;\\n\\\\.\\nDROP TABLE a; | 4 | 1",
                "SELECT '\\0'; DROP TABLE a; | 1 | 13",
                "SELECT $x$ ; $x$; DROP TABLE a; SELECT 'half | 1 | 19",
                "SELECT '\\uD83D\\uDE00'; DROP TABLE a; | 1 | 14"
            })
    void findsThePlaceInWhateverText(String escaped, int line, int column) throws IOException {
        // Given
        String sql = escaped.replace("\\\\.", "\u0001")
                .replace("\\set", "\u0002")
                .replace("\\uFEFF", "\uFEFF")
                .replace("\\uD83D\\uDE00", "\uD83D\uDE00")
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0")
                .replace("\u0001", "\\.")
                .replace("\u0002", "\\set");
        write("a.sql", sql);

        // When
        CommandFixture run = run("validate", "--offline", "a.sql", "--format", "gcc");

        // Then
        assertThat(run.out()).contains("a.sql:%d:%d: error: DROP TABLE deletes a".formatted(line, column));
    }

    @Test
    void readsAFileOfFiftyMegabytes() throws IOException {
        // Given
        StringBuilder sql = new StringBuilder(51 << 20).append("INSERT INTO t VALUES\n");
        while (sql.length() < 50 << 20) {
            sql.append("(1, 'abcdefghijklmnopqrstuvwxyz', '2026-01-01', 12345.67),\n");
        }
        sql.append("(2, '', NULL, 0);\nDROP TABLE a;\n");
        write("a.sql", sql.toString());

        // When
        CommandFixture run = run("validate", "--offline", "a.sql", "--format", "gcc");

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).contains("error: DROP TABLE deletes a");
    }

    @Test
    void saysWhatIsWrongWithTheCommand() throws IOException {
        write("a.sql", "SELECT 1;");
        assertThat(run("validate", "--offline").exitCode()).isEqualTo(64);
        assertThat(run("validate", "--offline", "a.sql", "--rule", "no-such").exitCode())
                .isEqualTo(64);
        assertThat(run("validate", "--offline", "a.sql", "--pg-version", "9").exitCode())
                .isEqualTo(64);
        assertThat(run("validate", "--offline", "a.sql", "--since", "x").exitCode())
                .isEqualTo(64);
        assertThat(run("validate", "--offline", "a.sql", "--format", "pdf").exitCode())
                .isEqualTo(64);
        assertThat(run("validate", "a.sql").exitCode()).isEqualTo(64);
        assertThat(run("validate").exitCode()).isEqualTo(64);
        assertThat(run("validate", "--offline", "missing.sql").exitCode()).isEqualTo(66);
        assertThat(run("validate", "--offline", "a.sql", "--stats", "a.sql").exitCode())
                .isEqualTo(66);
        assertThat(run("explain", "no-such-rule").exitCode()).isEqualTo(64);
    }

    @Test
    void listsAndExplainsTheRules() {
        assertThat(run("rules").out()).contains("drop-table").contains("prefer-bigint");
        assertThat(run("rules", "--profile", "default").out()).doesNotContain("prefer-bigint");
        assertThat(run("rules", "--format", "json").json().path("rules").findValuesAsText("id"))
                .contains("drop-table");
        assertThat(run("explain", "drop-table").out())
                .contains("Left alone")
                .contains("slipway:ignore drop-table: reason");
    }

    @Test
    void explainsWhatEachStatementWillDo() throws IOException {
        // Given
        write("a.sql", "ALTER TABLE orders ADD COLUMN a int;\nALTER TABLE orders VALIDATE CONSTRAINT c;");

        // When
        CommandFixture run = run("explain", "a.sql");

        // Then
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        "a.sql:1: ALTER TABLE orders ADD COLUMN a int\n    lock:     ACCESS EXCLUSIVE on public.orders until the transaction ends, blocks all reads and writes\n")
                .contains("a.sql:2: ALTER TABLE orders VALIDATE CONSTRAINT c\n")
                .contains("meanwhile public.orders stay closed");
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private CommandFixture run(String... args) {
        return CommandFixture.run(folder, Map.of(), args);
    }
}
