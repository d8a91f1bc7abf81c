package io.slipway.benchmarks.figures;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Where and when the figures were made, without which they mean nothing.
 *
 * @param processor the model's name, or the architecture where the system does not tell
 * @param load of the minute before the start; other work on the machine shows here; negative where it is not known
 */
public record Machine(
        String processor, int cores, long memoryMiB, String system, String java, double load, Instant at) {

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final long MIB = 1024L * 1024;

    public static Machine here() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                model(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize() / MIB,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                Math.round(system.getSystemLoadAverage() * 100) / 100.0,
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String model() {
        if (!Files.isReadable(CPU)) {
            return System.getProperty("os.arch");
        }
        try (var lines = Files.lines(CPU)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + CPU, e);
        }
    }

    String describe() {
        return "%s, %d cores, %d MiB, %s, JDK %s, load %.2f at the start"
                .formatted(processor, cores, memoryMiB, system, java, load);
    }
}
