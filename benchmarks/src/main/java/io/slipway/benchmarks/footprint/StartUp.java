package io.slipway.benchmarks.footprint;

import io.slipway.localstack.supervise.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One start of a service while all else runs.
 *
 * @param ready from the start of the process until the service says that it is ready
 * @param reported what Quarkus itself says, which leaves out the JVM's own start and the readiness checks
 */
record StartUp(Duration ready, Duration reported) {

    private static final Pattern STARTED = Pattern.compile("started in (\\d+\\.\\d+)s");

    /** Stops the service first. */
    static StartUp measure(ServiceProcess service) throws IOException {
        service.stop();
        var started = System.nanoTime();
        service.restart();
        return new StartUp(Duration.ofNanos(System.nanoTime() - started), reported(service));
    }

    private static Duration reported(ServiceProcess service) throws IOException {
        var log = STARTED.matcher(Files.readString(service.log(), StandardCharsets.ISO_8859_1));
        var seconds = log.results().reduce((earlier, later) -> later).map(line -> line.group(1));
        return seconds.map(text -> Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000)))
                .orElseThrow(() -> new IllegalStateException("No line 'started in' in " + service.log()));
    }
}
