package io.slipway.sql.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.parse.Parser;
import io.slipway.sql.parse.ParserTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Sound statements with accidents, for a few seconds; for longer with {@code -Dslipway.fuzz.seconds=600}. A failure names its
 * seed; {@code -Dslipway.fuzz.seed=N} begins with it.
 */
class FuzzTest {
    private static final int USUAL_SECONDS = 4;

    /** The same each time, so that a build fails for what it changes; a search begins elsewhere. */
    private static final long FIRST_SEED = 20_261_122;

    /** A few kilobytes take milliseconds; this much is a hang, however busy the machine. */
    private static final Duration HANG = Duration.ofSeconds(20);

    /** A longer one would hide what the statements do to an unknown or to a small schema. */
    private static final int SCRIPTS_PER_CATALOG = 20;

    private final List<String> corpus = Stream.of(
                    resource("/locks/statements.txt").lines(),
                    Stream.of(resource("/input/scripts.sql").split("=====\n")),
                    ParserTest.statements().map(arguments -> (String) arguments.get()[0]),
                    ParserTest.singleActions()
                            .map(arguments -> (String) arguments.get()[0]))
            .flatMap(statements -> statements)
            .filter(statement -> !statement.isBlank())
            .toList();

    @Test
    void noTextMakesItFailHangOrPointElsewhere() throws InterruptedException {
        // Given
        Parser.warmUp();
        long seed = Long.getLong("slipway.fuzz.seed", FIRST_SEED);
        Duration time = Duration.ofSeconds(Integer.getInteger("slipway.fuzz.seconds", USUAL_SECONDS));
        long end = System.nanoTime() + time.toNanos();
        int scripts = 0;
        try (ExecutorService worker = Executors.newSingleThreadExecutor()) {
            Catalog catalog = base();

            // When
            while (System.nanoTime() < end) {
                String script = new Mutations(corpus, random(seed + scripts)).script();
                Catalog known = catalog;
                run(worker, seed + scripts, script, () -> ScriptProbe.check(script, known));
                if (++scripts % SCRIPTS_PER_CATALOG == 0) {
                    catalog = base();
                }
            }
        }

        // Then: enough of them to mean something.
        System.out.printf("%,d scripts in %s, first seed %d%n", scripts, time, seed);
        assertThat(scripts).isGreaterThan(100);
    }

    private static void run(ExecutorService worker, long seed, String script, Runnable check)
            throws InterruptedException {
        var running = worker.submit(check);
        try {
            running.get(HANG.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(story(seed, script), e.getCause());
        } catch (TimeoutException e) {
            running.cancel(true);
            worker.shutdownNow();
            throw new AssertionError("No end after " + HANG + "; " + story(seed, script), e);
        }
    }

    private static String story(long seed, String script) {
        return "-Dslipway.fuzz.seed=%d, the script: \"%s\"".formatted(seed, visible(script));
    }

    private static String visible(String script) {
        StringBuilder text = new StringBuilder();
        script.chars()
                .forEach(c -> text.append(
                        c >= ' ' && c < 127 && c != '"' && c != '\\'
                                ? String.valueOf((char) c)
                                : "\\u%04x".formatted(c)));
        return text.toString();
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** The schema that most of the statements are about. */
    private static Catalog base() {
        Catalog catalog = new Catalog(List.of("s", "public"));
        BASE.forEach(catalog::apply);
        return catalog.asExisting();
    }

    private static final List<io.slipway.sql.ast.Statement> BASE = Parser.parse(resource("/locks/base.sql"));

    private static String resource(String path) {
        try (InputStream in = Objects.requireNonNull(FuzzTest.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
