package io.slipway.audit.dashboard;

import io.slipway.audit.run.Outcome;
import io.slipway.audit.run.RunState;
import io.slipway.audit.run.RunSummary;
import java.util.Locale;

/**
 * How a run stands, to be seen at a glance: in words and with a sign, not by colour alone.
 *
 * @param tone the class of the style sheet: {@code good}, {@code bad}, {@code warn}, {@code busy}, {@code calm}
 */
record Badge(String tone, String sign, String words) {

    static Badge of(RunSummary run) {
        Outcome outcome = run.outcome();
        return outcome == null ? of(run.state()) : of(outcome);
    }

    private static Badge of(Outcome outcome) {
        return switch (outcome) {
            case APPLIED, RESTORED -> new Badge("good", "✓", words(outcome));
            case ROLLED_BACK -> new Badge("good", "↶", words(outcome));
            case NOT_NEEDED -> new Badge("calm", "=", words(outcome));
            case DRY_RUN -> new Badge("calm", "◌", words(outcome));
            case REFUSED, REJECTED -> new Badge("warn", "⊘", words(outcome));
            case CANCELLED -> new Badge("warn", "■", words(outcome));
            case FAILED -> new Badge("bad", "✗", words(outcome));
        };
    }

    private static Badge of(RunState state) {
        return switch (state) {
            case HELD -> new Badge("warn", "‖", words(state));
            case REFUSED, UNPROTECTED -> new Badge("bad", "✗", words(state));
            case REQUESTED, PLANNED, VALIDATED, RELEASED, READY, EXECUTING, ENDED ->
                new Badge("busy", "▸", words(state));
        };
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
