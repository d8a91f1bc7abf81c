package io.slipway.contracts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses absent values with a message that names the field; for the compact constructors of this module. */
public final class Required {
    private Required() {}

    /**
     * Returns the value that is there.
     *
     * @throws IllegalArgumentException when {@code value} is null
     */
    public static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("'%s' is missing: it is required here.".formatted(field));
        }
        return value;
    }

    /**
     * Returns an unmodifiable copy.
     *
     * @throws IllegalArgumentException when {@code values} or one of them is null
     */
    public static <T> List<T> list(String field, @Nullable List<T> values) {
        List<T> present = present(field, values);
        for (int i = 0; i < present.size(); i++) {
            present(field + "[" + i + "]", present.get(i));
        }
        return List.copyOf(present);
    }

    /**
     * Returns the text that is there.
     *
     * @throws IllegalArgumentException when {@code value} is null, blank, or longer than {@code max} characters
     */
    public static String text(String field, @Nullable String value, int max) {
        String present = present(field, value);
        if (present.isBlank() || present.length() > max) {
            throw new IllegalArgumentException("'%s' must have 1 to %d characters and not be blank, but has %d."
                    .formatted(field, max, present.length()));
        }
        return present;
    }
}
