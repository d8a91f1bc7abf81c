package io.slipway.validator.rehearsal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Says in a line where two dumps of a schema differ. */
final class SchemaDifference {
    /** Enough to know where to look. */
    private static final int LINES = 5;

    private SchemaDifference() {}

    static String between(String before, String after) {
        Map<String, Integer> surplus = new TreeMap<>();
        counted(before).forEach((line, count) -> surplus.merge(line, -count.intValue(), Integer::sum));
        counted(after).forEach((line, count) -> surplus.merge(line, count.intValue(), Integer::sum));
        List<String> left = lines(surplus, count -> count > 0);
        List<String> gone = lines(surplus, count -> count < 0);
        if (left.isEmpty() && gone.isEmpty()) {
            return "the same definitions in another order, such as columns that changed places";
        }
        return "left behind: %s; not brought back: %s".formatted(text(left), text(gone));
    }

    private static Map<String, Long> counted(String dump) {
        return dump.lines()
                .map(line -> line.strip().replaceAll(",$", ""))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static List<String> lines(Map<String, Integer> surplus, IntPredicate which) {
        return surplus.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .limit(LINES)
                .toList();
    }

    private static String text(List<String> lines) {
        return lines.isEmpty() ? "nothing" : String.join(" | ", lines);
    }
}
