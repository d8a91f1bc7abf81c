package io.slipway.contracts.cloudevents;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Pattern;

/** Says what is wrong with a JSON text without Java's class names and without repeating the text. */
final class JsonReason {
    /** Jackson writes types as {@code `io.slipway.contracts.ScriptSource`}; the last part is what a reader knows. */
    private static final Pattern QUALIFIED = Pattern.compile("`(?:[\\w]+[.$])*(\\w+)[^`]*`");

    private JsonReason() {}

    static String of(JsonProcessingException e) {
        String path = e instanceof JsonMappingException mapping ? path(mapping) : "";
        String place = e.getLocation() == null
                ? ""
                : " (line %d, column %d)"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        return (path.isEmpty() ? "" : path + ": ") + reason(e) + place;
    }

    private static String reason(JsonProcessingException e) {
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            String message = e.getCause().getMessage();
            return message == null ? "there is a null where a value is required." : message;
        }
        if (e instanceof InvalidTypeIdException unknown) {
            return kinds(unknown);
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "expected %s here.".formatted(expected(mismatch.getTargetType()));
        }
        return QUALIFIED.matcher(e.getOriginalMessage()).replaceAll("$1");
    }

    private static String kinds(InvalidTypeIdException e) {
        Class<?> base = e.getBaseType().getRawClass();
        return "'%s' must be one of %s, but got %s."
                .formatted(
                        base.getAnnotation(JsonTypeInfo.class).property(),
                        Arrays.stream(base.getAnnotation(JsonSubTypes.class).value())
                                .map(JsonSubTypes.Type::name)
                                .toList(),
                        e.getTypeId() == null ? "none" : "'" + e.getTypeId() + "'");
    }

    private static String expected(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        if (type == Duration.class) {
            return "an ISO 8601 duration such as PT5S";
        }
        if (type == Instant.class) {
            return "an RFC 3339 time such as 2026-03-14T22:15:00Z";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return type == String.class || isText(type) ? "text" : "an object";
    }

    /** Whether it is one of our values that are written as a single text. */
    private static boolean isText(Class<?> type) {
        return type.isRecord()
                && Arrays.stream(type.getRecordComponents())
                        .anyMatch(component -> component.getAccessor().isAnnotationPresent(JsonValue.class));
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }
}
