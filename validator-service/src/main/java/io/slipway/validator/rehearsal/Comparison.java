package io.slipway.validator.rehearsal;

import io.slipway.contracts.DerivedUndo;
import io.slipway.contracts.Rehearsal;
import io.slipway.contracts.Rehearsal.Copied;
import io.slipway.contracts.Rehearsal.Mismatch;
import io.slipway.contracts.Rehearsal.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds what statements did against what was predicted, and counts. */
final class Comparison {
    private final Predictions predictions;
    private final int maxMismatches;
    private final List<Mismatch> mismatches = new ArrayList<>();
    private int statements;
    private int confirmed;
    private int contradicted;

    Comparison(Predictions predictions, int maxMismatches) {
        this.predictions = predictions;
        this.maxMismatches = maxMismatches;
    }

    Trial.Observer of(TrialScript script) {
        return (statement, index, measured) -> {
            statements++;
            Optional<Prediction> prediction = predictions.of(script.name(), index);
            if (measured == null || prediction.isEmpty()) {
                return;
            }
            Optional<Mismatch> mismatch = prediction
                    .get()
                    .contradictedBy(script.name(), statement.span().start().line(), measured);
            mismatch.ifPresentOrElse(this::note, () -> confirmed++);
        };
    }

    boolean contradicted() {
        return contradicted > 0;
    }

    Rehearsal result(
            Outcome outcome,
            @Nullable String why,
            WayBackTaken wayBack,
            Copied copied,
            @Nullable DerivedUndo derivedUndo,
            Instant started) {
        return new Rehearsal(
                outcome,
                why,
                statements,
                confirmed,
                mismatches,
                wayBack.wayBack(),
                wayBack.detail(),
                Duration.between(started, Instant.now()),
                copied,
                derivedUndo);
    }

    private void note(Mismatch mismatch) {
        contradicted++;
        if (mismatches.size() < maxMismatches) {
            mismatches.add(mismatch);
        }
    }
}
