package io.slipway.benchmarks.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processor time of some programs. Unlike the time on the clock it leaves out what other programs do on the machine. Linux
 * only.
 *
 * @param programs each by itself, whatever it has started
 * @param servers with all that they have started, ended ones included; PostgreSQL starts a process for each session
 */
record ProcessorTime(List<ProcessHandle> programs, List<ProcessHandle> servers) {

    /** Of {@code proc_pid_stat(5)}, counted from the field behind the name. */
    private static final int OWN = 11;

    private static final int ENDED_CHILDREN = 13;
    private static final long MILLIS_PER_TICK = 10; // USER_HZ is 100 on every platform that has these binaries

    Duration now() {
        var own = programs.stream().mapToLong(program -> ticks(program, OWN)).sum();
        var sessions = servers.stream()
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .mapToLong(process -> ticks(process, OWN) + ticks(process, ENDED_CHILDREN))
                .sum();
        return Duration.ofMillis(MILLIS_PER_TICK * (own + sessions));
    }

    /** In user mode and in the kernel. */
    private static long ticks(ProcessHandle process, int field) {
        try {
            var stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1]);
        } catch (IOException e) {
            if (!process.isAlive()) {
                return 0; // it has just ended; its parent has its time
            }
            throw new UncheckedIOException("The processor time of process " + process.pid() + " cannot be read", e);
        }
    }
}
