package io.slipway.benchmarks.validator;

import io.slipway.benchmarks.figures.Sample;
import io.slipway.sql.analyze.PlanAnalyzer;
import io.slipway.sql.analyze.Script;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.effect.Effects;
import io.slipway.sql.effect.ServerVersion;
import io.slipway.sql.parse.Parser;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the analysis takes in the memory that this JVM has. A JVM of its own, so that its heap is that of the analysis; prints a line
 * {@code NAME=NUMBER} for each measure.
 */
final class AnalysisRun {

    /** Until the compiler has seen enough of it. */
    private static final int WARM_UP_ROUNDS = 3;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_MIB = 1024.0 * 1024;
    private static final ServerVersion SERVER = new ServerVersion(17);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** @param processor without the time in which others had the processor, and without the garbage collector's */
    private record Time(Duration elapsed, Duration processor) {}

    private AnalysisRun() {}

    public static void main(String[] arguments) {
        var migrations = GeneratedMigrations.of(Integer.parseInt(arguments[0]));
        for (var round = 0; round < WARM_UP_ROUNDS; round++) {
            times(migrations);
        }
        var files = times(migrations);
        var elapsed = Sample.of(files.stream().map(Time::elapsed).toList());
        print(AnalysisFigure.FILE_P50, elapsed.median());
        print(AnalysisFigure.FILE_P95, elapsed.percentile(95));
        var processor = Sample.of(files.stream().map(Time::processor).toList());
        print(AnalysisFigure.FILE_CPU_P95, processor.percentile(95));
        var script = migrations.asOneScript();
        print(AnalysisFigure.ONE_FILE, millis(() -> replay(script, new Catalog("public"))));
        var plan = IntStream.rangeClosed(1, migrations.scripts().size())
                .mapToObj(number -> new Script(
                        "V%d__invoices.sql".formatted(number),
                        Script.Kind.VERSIONED,
                        String.valueOf(number),
                        migrations.scripts().get(number - 1)))
                .toList();
        print(AnalysisFigure.RULES, millis(() -> new PlanAnalyzer().analyze(plan)));
        print(AnalysisFigure.PEAK_HEAP, peakHeap());
    }

    /** One after the other over a catalogue that grows with them, as a project's migrations do. */
    private static List<Time> times(GeneratedMigrations migrations) {
        var catalog = new Catalog("public");
        var times = new ArrayList<Time>();
        for (var script : migrations.scripts()) {
            var start = System.nanoTime();
            var processor = THREADS.getCurrentThreadCpuTime();
            replay(script, catalog);
            times.add(new Time(
                    Duration.ofNanos(System.nanoTime() - start),
                    Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - processor)));
        }
        return times;
    }

    private static void replay(String script, Catalog catalog) {
        catalog.startScript();
        for (Statement statement : Parser.parse(script)) {
            if (statement instanceof Statement.Unreadable unreadable) {
                throw new IllegalStateException("A generated statement cannot be read: " + unreadable.reason());
            }
            Effects.of(statement, catalog, SERVER);
            catalog.apply(statement);
        }
    }

    private static double millis(Runnable work) {
        var start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }

    /** Rubbish that was not collected yet included, so it says how much is enough, not how much is needed. */
    private static double peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / BYTES_PER_MIB;
    }

    private static void print(AnalysisFigure figure, double value) {
        System.out.println(figure + "=" + value);
    }
}
