package io.slipway.executor.lock;

import io.slipway.contracts.Blocker;
import io.slipway.contracts.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How often and for how long a lock has been tried for, and who was in the way. The executing thread counts, the watching
 * one says whom it sees; each may ask at any time.
 */
public final class LockWait {
    private final LockPolicy policy;
    private String work = "";
    private int failures;
    private @Nullable Instant since;
    private boolean away;
    private boolean blocked;
    private boolean seen;
    private List<Blocker> blockers = List.of();
    private Duration waited = Duration.ZERO;
    private Duration waitedBefore = Duration.ZERO;
    private @Nullable Instant waiting;

    LockWait(LockPolicy policy) {
        this.policy = policy;
    }

    /**
     * A lock that is waited for, or stayed away from.
     *
     * @param attempt from 1
     */
    public record Waiting(int attempt, Duration waited, List<Blocker> blockers) {}

    /**
     * What it took to get the locks of the work that is done or under way.
     *
     * @param attempts at least 1
     * @param waited as far as it was seen, staying away included
     */
    public record Tally(int attempts, Duration waited) {}

    public synchronized Tally tally() {
        return new Tally(failures + 1, waited().minus(waitedBefore));
    }

    /** How long locks have been waited for since the execution began; to be asked when none is. */
    public synchronized Duration waited() {
        Instant begun = waiting;
        if (begun != null) {
            waited = waited.plus(Duration.between(begun, Instant.now()));
            waiting = null;
        }
        return waited;
    }

    /** An attempt begins; other work than that of the attempt before counts anew. */
    synchronized Duration begin(String next) {
        away = false;
        seen = false;
        Duration soFar = waited();
        if (!next.equals(work)) {
            work = next;
            waitedBefore = soFar;
            failures = 0;
            free();
        }
        return policy.timeout(failures);
    }

    /** How long the attempt under way waits. */
    public synchronized Duration timeout() {
        return policy.timeout(failures);
    }

    /** An attempt has failed; until the next one begins nothing is waited for, but the lock is still wanted. */
    synchronized Waiting failed() {
        Instant now = Instant.now();
        // The watching thread may have come late, or not at all; the attempt has waited to its end.
        Instant tried = now.minus(timeout());
        Instant begun = earlier(since, tried);
        since = begun;
        waiting = earlier(waiting, tried);
        failures++;
        blocked = true;
        away = true;
        return new Waiting(failures, Duration.between(begun, now), blockers);
    }

    private static Instant earlier(@Nullable Instant known, Instant other) {
        return known != null && known.isBefore(other) ? known : other;
    }

    /** The watching thread has found who is in the way. */
    public synchronized void blocked(List<Blocker> by) {
        blocked = true;
        seen = true;
        blockers = List.copyOf(by);
        Instant now = Instant.now();
        since = since == null ? now : since;
        waiting = waiting == null ? now : waiting;
    }

    /** The watching thread has found nobody in the way of an attempt under way. */
    public synchronized void free() {
        if (away) {
            return;
        }
        waited();
        blocked = false;
        seen = false;
        if (failures == 0) {
            since = null;
            blockers = List.of();
        }
    }

    /** Whether it is known who is in the way of the attempt under way. */
    public synchronized boolean seen() {
        return seen;
    }

    /** What is waited for now. */
    public synchronized Optional<Waiting> waiting() {
        Instant begun = since;
        return blocked && begun != null
                ? Optional.of(new Waiting(failures + 1, Duration.between(begun, Instant.now()), blockers))
                : Optional.empty();
    }

    /** Adds who was in the way, and how often it was tried, where others were; else the failure as it is. */
    public synchronized Failure explain(Failure failure) {
        boolean waited = LockTimeout.LOCK_NOT_AVAILABLE.equals(failure.sqlState())
                || failure.code().equals(HistoryLock.CODE);
        if (!waited && (failures == 0 || !Collision.is(failure.sqlState()))) {
            return failure;
        }
        String tried = failures < 2 ? "" : " %d attempts were made.".formatted(failures);
        String unseen = waited ? " Who held the lock was not seen." : "";
        String held = blockers.stream().map(LockWait::words).collect(Collectors.joining("; "));
        return new Failure(
                failure.code(),
                sentence(failure.message()) + tried + (held.isEmpty() ? unseen : " In the way: " + held + "."),
                failure.remedy(),
                failure.sqlState(),
                failure.script(),
                failure.line());
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message : message + ".";
    }

    private static String words(Blocker blocker) {
        String application = blocker.application().isBlank() ? "" : ", " + blocker.application();
        String state = blocker.state().isEmpty() ? "" : ", " + blocker.state();
        Duration age = blocker.transactionAge();
        String open = age == null ? "" : ", open for %d s".formatted(age.toSeconds());
        String query = blocker.query().isEmpty() ? "" : ": " + blocker.query();
        return "pid %d (%s%s%s%s)%s".formatted(blocker.pid(), blocker.user(), application, state, open, query);
    }
}
