package io.slipway.acceptance.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.acceptance.stack.Cli;
import io.slipway.acceptance.stack.Stack;
import io.slipway.contracts.RunId;
import io.slipway.contracts.event.MigrationApplied;
import io.slipway.localstack.machine.Checkout;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands and examples of {@code README.md} and {@code contracts/README.md}, as they stand there. */
class DocumentationE2E {
    private static final Pattern HEADER = Pattern.compile("-H (\\S+?)=(\\S+)");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<'JSON'\n(.*?)\nJSON\n", Pattern.DOTALL);

    private static final Pattern FIRST_MIGRATION =
            Pattern.compile("## Your first migration\\s+```\n(.*?)\n```", Pattern.DOTALL);
    private static final String SLIPWAY = "./slipway ";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private static Stack stack;
    private static String contracts;

    @BeforeAll
    static void start() throws IOException {
        stack = Stack.running();
        contracts = Files.readString(Checkout.locate().root().resolve("contracts/README.md"));
    }

    @BeforeEach
    void emptyTheDefaultTarget() {
        stack.defaultTarget().sql().execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }

    @Test
    void firstMigrationOfTheReadmeWorksAsItIsTyped() throws Exception {
        // Given
        var readme = Files.readString(Checkout.locate().root().resolve("README.md"));
        var block = FIRST_MIGRATION
                .matcher(readme)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        var lines = block.lines()
                .map(line -> line.replaceAll("\\s+#.*", ""))
                .filter(line -> !line.matches("\\./slipway (start|stop).*"))
                .toList();

        // When
        var results = new LinkedHashMap<String, Cli.Result>();
        for (var line : lines) {
            results.put(line, line.startsWith(SLIPWAY) ? slipway(line) : shell(line));
        }

        // Then
        assertThat(lines).filteredOn(line -> line.startsWith(SLIPWAY)).hasSizeGreaterThan(3);
        assertThat(results).allSatisfy((line, result) -> assertThat(result.exitCode())
                .as("%s%n%s%n%s", line, result.out(), result.err())
                .isZero());
    }

    private static Cli.Result slipway(String line) {
        var words = WORD.matcher(line.substring(SLIPWAY.length()))
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
        return stack.cli().run(words);
    }

    private static Cli.Result shell(String line) throws Exception {
        var process = new ProcessBuilder("sh", "-c", line)
                .directory(stack.cli().folder().toFile())
                .redirectErrorStream(true)
                .start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Cli.Result(process.waitFor(), out, "");
    }

    @Test
    void javaExampleIsAppliedOnceHoweverOftenItIsSent(@TempDir Path classes) throws Exception {
        // Given
        var example = compile(block("java"), classes);
        var arguments = new String[] {stack.services().kafka().bootstrapServers()};

        // When
        example.getMethod("main", String[].class).invoke(null, (Object) arguments);
        example.getMethod("main", String[].class).invoke(null, (Object) arguments);

        // Then
        var run = RunId.ofRequest("/deploy/shop", "deploy-4711");
        assertThat(stack.events().awaitEnd(run)).isInstanceOf(MigrationApplied.class);
        assertThat(stack.defaultTarget().sql().history()).hasSize(1);
    }

    /** What kcat does with its arguments is done here: it is not on every machine. */
    @Test
    void kcatExampleIsApplied() throws IOException {
        // Given
        var example = block("sh");
        var headers = new LinkedHashMap<String, String>();
        HEADER.matcher(example).results().forEach(header -> headers.put(header.group(1), header.group(2)));
        assertThat(headers).containsKeys("ce_specversion", "ce_id", "ce_source", "ce_type");
        headers.replace("ce_id", "deploy-4712"); // the example in Java was deploy-4711
        var json = HERE_DOCUMENT
                .matcher(example)
                .results()
                .findFirst()
                .map(match -> match.group(1))
                .orElseThrow();
        write("shop/migrations/V1__create_note.sql", "CREATE TABLE note (id bigint PRIMARY KEY);");
        assertThat(example).contains("-t slipway.requests", "-k default");

        // When
        stack.requests().send("default", headers, json.getBytes(StandardCharsets.UTF_8));

        // Then
        var run = RunId.ofRequest(headers.get("ce_source"), "deploy-4712");
        assertThat(stack.events().awaitEnd(run)).isInstanceOf(MigrationApplied.class);
        assertThat(stack.defaultTarget().sql().history()).hasSize(1);
    }

    private static String block(String language) {
        var block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
        return block.matcher(contracts)
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(text -> text.contains("deploy-4711"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("contracts/README.md has no example in " + language));
    }

    private static Class<?> compile(String source, Path classes) throws Exception {
        var file = Files.writeString(
                classes.resolve("PublishRequestExample.java"), source.replace("class Publish", "public class Publish"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        var exit = compiler.run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                file.toString());
        assertThat(exit).as("javac on the example").isZero();
        var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, DocumentationE2E.class.getClassLoader());
        return loader.loadClass("PublishRequestExample");
    }

    private static void write(String name, String content) throws IOException {
        var file = stack.scriptDirectory().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
