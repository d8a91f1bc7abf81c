package io.slipway.planner.scripts;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Stops a fetch that takes too long or too much. JGit asks between objects, so one huge object may pass it by a little. */
final class FetchBound extends EmptyProgressMonitor {
    private static final long LOOK_EVERY = Duration.ofMillis(200).toNanos();

    private final Path directory;
    private final long maxBytes;
    private final long deadline;
    private long nextLook = System.nanoTime() + LOOK_EVERY;
    private volatile boolean tooLarge;
    private volatile boolean tooLong;

    FetchBound(Path directory, Duration timeout, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    @Override
    public boolean isCancelled() {
        long now = System.nanoTime();
        tooLong |= now > deadline;
        if (!tooLarge && now > nextLook) {
            nextLook = now + LOOK_EVERY;
            tooLarge = exceeded();
        }
        return tooLarge || tooLong;
    }

    /** Whether the directory has become larger than it may. */
    boolean exceeded() {
        try {
            return GitCache.size(directory) > maxBytes;
        } catch (IOException e) {
            return false; // files come and go during a fetch; the next look counts
        }
    }

    boolean tooLarge() {
        return tooLarge;
    }

    boolean tooLong() {
        return tooLong;
    }
}
