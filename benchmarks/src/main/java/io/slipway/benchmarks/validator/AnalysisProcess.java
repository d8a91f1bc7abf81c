package io.slipway.benchmarks.validator;

import io.slipway.benchmarks.figures.Figure;
import io.slipway.localstack.machine.LoggedProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link AnalysisRun} in a JVM with as much memory as the goal allows: where that is not enough, there is no figure at all. */
final class AnalysisProcess {

    private static final String HEAP = "-Xmx512m";
    private static final Duration MOST = Duration.ofMinutes(10);

    private AnalysisProcess() {}

    static List<Figure> figures(int files, Path folder) throws IOException {
        var log = folder.resolve("validator-analysis.log");
        Files.deleteIfExists(log);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        LoggedProcess.run(
                "the analysis with " + HEAP,
                List.of(
                        java,
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        AnalysisRun.class.getName(),
                        String.valueOf(files)),
                Map.of(),
                log,
                MOST);
        var lines = Files.readAllLines(log);
        var figures = new ArrayList<Figure>();
        for (var figure : AnalysisFigure.values()) {
            var start = figure + "=";
            lines.stream()
                    .filter(line -> line.startsWith(start))
                    .map(line -> figure.of(Double.parseDouble(line.substring(start.length()))))
                    .forEach(figures::add);
        }
        if (figures.size() < AnalysisFigure.values().length) {
            throw new IllegalStateException("Expected a line for each figure in " + log);
        }
        return figures;
    }

    /** The child does not start in the folder of this process. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
