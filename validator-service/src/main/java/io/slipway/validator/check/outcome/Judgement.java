package io.slipway.validator.check.outcome;

import io.slipway.contracts.PreMigrationCheck.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What a check makes of what it saw; how much that counts is not its business.
 *
 * @param figure in the unit of the check
 * @param advice what to do about it
 */
public record Judgement(
        Outcome outcome,
        String detail,
        @Nullable Long figure,
        @Nullable String advice) {

    public static Judgement passed(String detail) {
        return new Judgement(Outcome.PASSED, detail, null, null);
    }

    public static Judgement failed(String detail, String advice) {
        return new Judgement(Outcome.FAILED, detail, null, advice);
    }

    public static Judgement unknown(String detail, String advice) {
        return new Judgement(Outcome.UNKNOWN, detail, null, advice);
    }

    /** For what {@code pg_stat_activity} and its like show to members of {@code pg_read_all_stats} only. */
    public static Judgement notVisible(String what) {
        return unknown(
                "Not visible to this role: %s.".formatted(what),
                "Grant pg_read_all_stats, or pg_monitor, to the role that migrates.");
    }

    public Judgement measured(long found) {
        return new Judgement(outcome, detail, found, advice);
    }
}
