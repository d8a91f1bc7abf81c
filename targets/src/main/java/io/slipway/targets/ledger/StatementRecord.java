package io.slipway.targets.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one statement of a script without a transaction. Of a run's records only the last one can be in doubt:
 * a statement is announced once those before it are done.
 *
 * @param number its place in the script, from 1
 * @param sha256 of its text, see {@link #hash}
 * @param line where it begins; 0 when unknown
 * @param atomic whether its outcome is recorded in one transaction with its effect, so that only what is recorded has happened
 * @param session the process id of the session that ran it
 * @param sessionStarted when that session began: process ids are used again
 * @param before what it was to change, as it was before: object identifiers whose meaning its kind decides
 * @param left the invalid indexes that it left when it failed; absent when nobody could look
 */
public record StatementRecord(
        int number,
        String sha256,
        int line,
        State state,
        boolean atomic,
        int session,
        Instant sessionStarted,
        List<Long> before,
        @Nullable List<Long> left) {

    /** How far it has come. */
    public enum State {
        /** Announced; whether it ran is not recorded. */
        INTENDED,
        /** It ended with an error. */
        FAILED,
        DONE
    }

    public StatementRecord {
        before = List.copyOf(before);
        left = left == null ? null : List.copyOf(left);
    }

    public boolean done() {
        return state == State.DONE;
    }

    /** The same with another state, and nothing left behind. */
    public StatementRecord as(State other) {
        return new StatementRecord(number, sha256, line, other, atomic, session, sessionStarted, before, null);
    }

    /** The same, failed, with what it left; absent when nobody could look. */
    public StatementRecord failed(@Nullable List<Long> indexes) {
        return new StatementRecord(
                number, sha256, line, State.FAILED, atomic, session, sessionStarted, before, indexes);
    }

    /** The same, with an outcome that is recorded after its effect. */
    public StatementRecord alone() {
        return new StatementRecord(number, sha256, line, state, false, session, sessionStarted, before, left);
    }

    /**
     * The statement at which a script goes on.
     *
     * @param records all of one script, by place
     */
    public static int resumesAt(List<StatementRecord> records) {
        if (records.isEmpty()) {
            return 1;
        }
        StatementRecord last = records.getLast();
        return last.done() ? last.number() + 1 : last.number();
    }

    /** SHA-256 of a statement's text, the semicolon and the white space around it left out. */
    public static String hash(String sql) {
        String text = sql.strip();
        while (text.endsWith(";")) {
            text = text.substring(0, text.length() - 1).strip();
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
