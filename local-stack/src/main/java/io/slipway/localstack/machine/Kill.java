package io.slipway.localstack.machine;

import java.time.Duration;
import java.util.Collection;

/** SIGKILL to several processes at once. */
public final class Kill {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(10);

    private Kill() {}

    /**
     * Returns when all are gone. It looks for itself, since {@link ProcessHandle#onExit()} notices the end of a process
     * that is no child of this one only seconds later.
     */
    public static void all(Collection<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var process : processes) {
            while (process.isAlive()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "Process " + process.pid() + " lives on " + PATIENCE.toSeconds() + " s after SIGKILL");
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for processes to end", e);
        }
    }
}
