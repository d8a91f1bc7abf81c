package io.slipway.sql.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A version as Flyway compares it: 1, 01, 1.0 and 1_0 are the same. */
public record FlywayVersion(List<BigInteger> parts) implements Comparable<FlywayVersion> {
    private static final Pattern FORM = Pattern.compile("\\d+([._]\\d+)*");

    public FlywayVersion {
        parts = List.copyOf(parts);
    }

    /** Empty for text that is no version. */
    public static Optional<FlywayVersion> of(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        List<BigInteger> parts = new ArrayList<>();
        for (String part : text.split("[._]", -1)) {
            parts.add(new BigInteger(part));
        }
        while (parts.size() > 1 && parts.getLast().signum() == 0) {
            parts.removeLast();
        }
        return Optional.of(new FlywayVersion(parts));
    }

    @Override
    public int compareTo(FlywayVersion other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int order = part(i).compareTo(other.part(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private BigInteger part(int index) {
        return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
    }
}
