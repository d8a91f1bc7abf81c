package io.slipway.localstack.supervise;

import java.util.List;
import java.util.stream.Stream;

/** The JVM options of the services. */
public enum ServiceFlags {
    /** For a developer's machine, which five services share. */
    SMALL(List.of(
            // Several records of 24 MiB that are to be refused, decoded and on their way to the dead letters, must fit;
            // 256 MiB did not. It is a bound, not what an idle service takes.
            "-Xmx512m",
            // An idle service keeps 15 MiB alive. Unless told, the JVM begins with a 64th of the machine's memory and
            // fills it with garbage before it first collects, which made up a quarter of the resident memory. The old
            // generation grows where work needs it.
            "-Xms32m",
            "-Xmn16m",
            "-Xss512k",
            // One compiler tier: little memory, quick start, and throughput is not needed here.
            "-XX:TieredStopAtLevel=1",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:-UsePerfData")),
    /** As the Docker images start them, in a container of about 900 MiB. */
    SERVER(List.of("-Xmx512m"));

    private static final List<String> COMMON = List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final List<String> options;

    ServiceFlags(List<String> options) {
        this.options = options;
    }

    List<String> options() {
        return Stream.of(options, COMMON).flatMap(List::stream).toList();
    }
}
