package io.slipway.localstack.supervise;

import java.util.List;

/** The JVM options of a service: small, since five of them share a developer's machine. */
final class ServiceFlags {

    private static final List<String> FLAGS = List.of(
            // Several records of 24 MiB that are to be refused, decoded and on their way to the dead letters, must fit;
            // 256 MiB did not. It is a bound, not what an idle service takes.
            "-Xmx512m",
            // An idle service keeps 15 MiB alive. Unless told, the JVM begins with a 64th of the machine's memory and
            // fills
            // it with garbage before it first collects, which made up a quarter of the resident memory. The old
            // generation
            // grows where work needs it.
            "-Xms32m",
            "-Xmn16m",
            "-Xss512k",
            // One collector thread and one compiler tier: little memory, quick start, and throughput is not needed
            // here.
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private ServiceFlags() {}

    static List<String> flags() {
        return FLAGS;
    }
}
