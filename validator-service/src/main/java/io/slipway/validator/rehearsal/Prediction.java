package io.slipway.validator.rehearsal;

import io.slipway.contracts.Rehearsal.Mismatch;
import io.slipway.sql.effect.LockMode;
import io.slipway.validator.rehearsal.Footprint.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a statement is expected to do to tables that exist already. Names have their schema and no quotes.
 *
 * @param locks the strongest on each
 */
public record Prediction(Map<String, LockMode> locks, Set<String> rewritten) {

    /**
     * What was measured against it. A lock that the transaction already held says nothing about this statement; one that
     * lets rows change hurts nobody and is not held against the prediction.
     */
    Optional<Mismatch> contradictedBy(String script, int line, Measured measured) {
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        measured.taken().forEach((table, level) -> {
            LockMode foretold = locks.get(table);
            if (foretold != level && !(!level.blocksWrites() && foretold == null)) {
                expected.add(foretold == null ? "no lock on " + table : foretold.title() + " on " + table);
                found.add(level.title() + " on " + table);
            }
        });
        locks.forEach((table, level) -> {
            LockMode held = measured.held().get(table);
            boolean taken = measured.taken().containsKey(table);
            if (measured.existing().contains(table)
                    && !taken
                    && level.blocksWrites()
                    && (held == null || held.compareTo(level) < 0)) {
                expected.add(level.title() + " on " + table);
                found.add("no such lock on " + table);
            }
        });
        measured.rewritten().stream()
                .filter(table -> !rewritten.contains(table))
                .forEach(table -> {
                    expected.add(table + " kept");
                    found.add(table + " written anew");
                });
        rewritten.stream()
                .filter(measured.existing()::contains)
                .filter(table -> !measured.rewritten().contains(table))
                .forEach(table -> {
                    expected.add(table + " written anew");
                    found.add(table + " kept");
                });
        return expected.isEmpty()
                ? Optional.empty()
                : Optional.of(new Mismatch(script, line, String.join("; ", expected), String.join("; ", found)));
    }
}
