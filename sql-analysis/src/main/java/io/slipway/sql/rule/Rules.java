package io.slipway.sql.rule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All rules there are. */
public final class Rules {
    private static final List<Rule> ALL = Stream.of(
                    DataLossRules.all(), AvailabilityRules.all(), CompatibilityRules.all(), FormatRules.all())
            .flatMap(List::stream)
            .toList();

    private Rules() {}

    public static List<Rule> all() {
        return ALL;
    }

    public static Optional<Rule> find(String id) {
        return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }
}
