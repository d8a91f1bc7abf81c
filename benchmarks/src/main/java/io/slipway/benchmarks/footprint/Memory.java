package io.slipway.benchmarks.footprint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds in memory, as the Linux kernel counts it.
 *
 * @param residentKib all of its pages, those shared with other processes included
 * @param proportionalKib the same with each shared page divided among those that share it
 */
record Memory(long residentKib, long proportionalKib) {

    private static final Pattern LINE = Pattern.compile("(\\w+):\\s+(\\d+) kB");

    static final Memory NONE = new Memory(0, 0);

    static Memory of(long pid) {
        var process = Path.of("/proc", Long.toString(pid));
        return new Memory(kib(process.resolve("status"), "VmRSS"), kib(process.resolve("smaps_rollup"), "Pss"));
    }

    Memory plus(Memory other) {
        return new Memory(residentKib + other.residentKib, proportionalKib + other.proportionalKib);
    }

    private static long kib(Path file, String key) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(LINE::matcher)
                    .filter(line -> line.matches() && key.equals(line.group(1)))
                    .mapToLong(line -> Long.parseLong(line.group(2)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No line '" + key + ":' in " + file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + "; memory is measured on Linux only", e);
        }
    }
}
