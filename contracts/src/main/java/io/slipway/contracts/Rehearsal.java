package io.slipway.contracts;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trial run of a plan on a copy of the target's schema has shown.
 *
 * @param why it was not rehearsed, or from where on; absent when all of it was
 * @param statements how many ran
 * @param confirmed how many of them took the locks, and wrote the tables anew, that were predicted
 * @param mismatches where the prediction was wrong, bounded in number
 * @param wayBackDetail what differs after the undo scripts, or why they were not tried
 * @param copied what the copy held beside the schema; absent when there was none
 * @param derivedUndo drafts for the scripts that have no undo script; absent when all have one, or it was not asked for
 */
public record Rehearsal(
        Outcome outcome,
        @Nullable String why,
        int statements,
        int confirmed,
        List<Mismatch> mismatches,
        WayBack wayBack,
        @Nullable String wayBackDetail,
        Duration took,
        @Nullable Copied copied,
        @Nullable DerivedUndo derivedUndo) {

    /** How it came out. */
    public enum Outcome {
        /** Every statement ran and did what was predicted. */
        CONFIRMED,
        /** Every statement ran, and at least one did something else. */
        MISMATCH,
        /** A statement failed as it would on the target; a finding says which. */
        FAILED,
        NOT_REHEARSED
    }

    /** What is known of the undo scripts. */
    public enum WayBack {
        /** They ran, the schema was as before, and the scripts could be applied again. */
        PROVED,
        /** They ran, and the schema was not as before. */
        DIFFERS,
        /** One of them failed, or the scripts could not be applied again after them. */
        FAILED,
        /** At least one script has none. */
        NONE,
        NOT_TRIED
    }

    /**
     * What the copy held beside the schema.
     *
     * @param rows taken from the target, in all tables; they were dropped with the copy
     * @param statistics whether those of the planner were copied, or why not
     * @param rowsDetail which tables gave no rows though they were asked, or why
     */
    public record Copied(
            long rows, String statistics, @Nullable String rowsDetail) {
        public Copied {
            Required.present("statistics", statistics);
        }
    }

    /**
     * A statement that did not do what was predicted.
     *
     * @param line 1-based
     */
    public record Mismatch(String script, int line, String predicted, String measured) {
        public Mismatch {
            Required.present("script", script);
            Required.present("predicted", predicted);
            Required.present("measured", measured);
        }
    }

    public Rehearsal {
        Required.present("outcome", outcome);
        Required.present("wayBack", wayBack);
        Required.present("took", took);
        mismatches = List.copyOf(mismatches);
    }

    /** Nothing was tried. */
    public static Rehearsal none(String why) {
        return new Rehearsal(
                Outcome.NOT_REHEARSED, why, 0, 0, List.of(), WayBack.NOT_TRIED, null, Duration.ZERO, null, null);
    }
}
