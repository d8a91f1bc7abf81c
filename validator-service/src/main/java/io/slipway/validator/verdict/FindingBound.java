package io.slipway.validator.verdict;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Finding.Severity;
import io.slipway.contracts.FindingIds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The worst findings first, and no more than fit; the last one then says how many were left out.
 *
 * @param max at least 2: one finding and the remark
 */
record FindingBound(int max) {
    FindingBound {
        if (max < 2) {
            throw new IllegalArgumentException("A verdict must have room for 2 findings, but has " + max + ".");
        }
    }

    /**
     * Among equally bad ones the order stays: by script and position.
     *
     * @param others where those are that are left out, as a sentence
     */
    List<Finding> apply(List<Finding> all, String others) {
        List<Finding> sorted =
                all.stream().sorted(Comparator.comparing(Finding::severity)).toList();
        if (sorted.size() <= max) {
            return sorted;
        }
        List<Finding> kept = new ArrayList<>(sorted.subList(0, max - 1));
        List<Finding> left = sorted.subList(max - 1, sorted.size());
        kept.add(Findings.plan(
                FindingIds.FINDINGS_LEFT_OUT,
                Severity.INFO,
                "%d more findings are not shown: %d errors, %d warnings, %d remarks. %s"
                        .formatted(
                                left.size(),
                                count(left, Severity.ERROR),
                                count(left, Severity.WARNING),
                                count(left, Severity.INFO),
                                others)));
        return kept;
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).count();
    }
}
