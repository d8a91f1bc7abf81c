package io.slipway.benchmarks.planner;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The most heap that a service was seen to use, garbage included, by its own metrics; looked at twice a second. */
final class HeapPeak implements AutoCloseable {

    private static final Pattern USED =
            Pattern.compile("^jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*} (\\S+)$", Pattern.MULTILINE);
    private static final long EVERY_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double MIB = 1024 * 1024;

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest metrics;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    private volatile double peak;
    private volatile int missed;

    HeapPeak(String service) {
        metrics = HttpRequest.newBuilder(URI.create(service + "/q/metrics"))
                .timeout(PATIENCE)
                .build();
        var _ = looks.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    double mib() {
        if (peak == 0) {
            throw new IllegalStateException("The planner never told its heap, in %d looks".formatted(missed));
        }
        return peak / MIB;
    }

    private void look() {
        try {
            var text = http.send(metrics, HttpResponse.BodyHandlers.ofString()).body();
            var used = USED.matcher(text)
                    .results()
                    .mapToDouble(pool -> Double.parseDouble(pool.group(1)))
                    .sum();
            peak = Math.max(peak, used);
        } catch (IOException e) {
            missed = missed + 1; // under load an answer may come late; the next look is half a second away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        looks.shutdownNow();
        http.shutdownNow();
    }
}
