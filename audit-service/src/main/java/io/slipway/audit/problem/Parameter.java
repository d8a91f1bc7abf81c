package io.slipway.audit.problem;

import io.slipway.contracts.TargetId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; refuses with the parameter's name, the value that was found and what is allowed. */
public final class Parameter {
    private Parameter() {}

    public static int limit(@Nullable String text, int otherwise, int max) {
        return (int) number("limit", text, otherwise, 1, max, "a number from 1 to " + max);
    }

    public static long position(String name, @Nullable String text) {
        return number(name, text, 0, 0, Long.MAX_VALUE, "the 'next' of an earlier answer");
    }

    public static @Nullable UUID uuid(String name, @Nullable String text) {
        String given = given(text);
        try {
            return given == null ? null : UUID.fromString(given);
        } catch (IllegalArgumentException e) {
            throw bad(name, given, "the id of a run, a UUID");
        }
    }

    public static @Nullable String target(@Nullable String text) {
        String given = given(text);
        try {
            return given == null ? null : new TargetId(given).name();
        } catch (IllegalArgumentException e) {
            throw RefusedRequest.badRequest("The parameter 'target' is no target name. " + e.getMessage());
        }
    }

    public static @Nullable Instant instant(String name, @Nullable String text) {
        String given = given(text);
        try {
            return given == null ? null : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeException e) {
            throw bad(name, given, "a time such as 2026-01-31T08:00:00Z");
        }
    }

    public static <E extends Enum<E>> @Nullable E oneOf(String name, @Nullable String text, Class<E> allowed) {
        String given = given(text);
        if (given == null) {
            return null;
        }
        return Arrays.stream(allowed.getEnumConstants())
                .filter(value -> value.name().equalsIgnoreCase(given))
                .findFirst()
                .orElseThrow(() -> bad(name, given, "one of " + Arrays.toString(allowed.getEnumConstants())));
    }

    private static long number(
            String name, @Nullable String text, long otherwise, long min, long max, String expected) {
        String given = given(text);
        if (given == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(given);
            if (number < min || number > max) {
                throw bad(name, given, expected);
            }
            return number;
        } catch (NumberFormatException e) {
            throw bad(name, given, expected);
        }
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static RefusedRequest bad(String name, @Nullable String found, String expected) {
        return RefusedRequest.badRequest(
                "The parameter '%s' must be %s, but is '%s'.".formatted(name, expected, found));
    }
}
