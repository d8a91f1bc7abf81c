package io.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A version in Flyway's sense: numbers separated by dots or underscores. {@code 1.0} and {@code 1} compare as equal but
 * keep the way they were written.
 */
public record MigrationVersion(@JsonValue String value) implements Comparable<MigrationVersion> {
    private static final Pattern ALLOWED = Pattern.compile("\\d+([._]\\d+)*");

    @JsonCreator
    public MigrationVersion {
        if (!ALLOWED.matcher(Required.present("version", value)).matches() || value.length() > 50) {
            throw new IllegalArgumentException(
                    "A version is made of numbers separated by dots, such as 7 or 2024.1.15, but got '%s'."
                            .formatted(value));
        }
        value = value.replace('_', '.');
    }

    /** Whether both name the same version, however many trailing zeros are written. */
    public boolean sameAs(MigrationVersion other) {
        return compareTo(other) == 0;
    }

    @Override
    public int compareTo(MigrationVersion other) {
        List<BigInteger> left = parts();
        List<BigInteger> right = other.parts();
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int order = part(left, i).compareTo(part(right, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private List<BigInteger> parts() {
        return Arrays.stream(value.split("\\.")).map(BigInteger::new).toList();
    }

    private static BigInteger part(List<BigInteger> parts, int index) {
        return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
    }

    @Override
    public String toString() {
        return value;
    }
}
