package io.slipway.benchmarks.validator;

import io.slipway.benchmarks.figures.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A command line program from its start to its end, again and again. */
final class ColdStart {

    /** The first run of the command line in a checkout may build it. */
    private static final Duration MOST = Duration.ofMinutes(10);

    private ColdStart() {}

    /**
     * The first run, which may have to make caches, is not counted.
     *
     * @param good exit codes that say the files were judged, whatever the verdict
     * @param log gets the output of the last run
     */
    static Sample measure(List<String> command, int starts, Set<Integer> good, Path log)
            throws IOException, InterruptedException {
        var times = new ArrayList<Duration>();
        for (var number = 0; number <= starts; number++) {
            var start = System.nanoTime();
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "%s took longer than %s; its output is in %s".formatted(command, MOST, log));
            }
            var took = Duration.ofNanos(System.nanoTime() - start);
            if (!good.contains(process.exitValue())) {
                throw new IllegalStateException(
                        "%s ended with exit code %d; its output is in %s".formatted(command, process.exitValue(), log));
            }
            if (number > 0) {
                times.add(took);
            }
        }
        return Sample.of(times);
    }
}
