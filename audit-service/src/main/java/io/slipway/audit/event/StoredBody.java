package io.slipway.audit.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The body of a record in the form in which it is kept: as JSON where a {@code jsonb} column holds it whole, else as its bytes.
 *
 * @param json the text; absent when {@code raw} is there, or when the record has no body
 */
@SuppressWarnings("ArrayRecordComponent") // a value on its way to the database: never compared
record StoredBody(@Nullable String json, byte @Nullable [] raw) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Well inside what PostgreSQL's {@code numeric} takes: 131,072 digits before the point. */
    private static final int MAX_NUMBER_CHARS = 1_000;

    private static final int MAX_EXPONENT = 10_000;

    static StoredBody of(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return new StoredBody(null, null);
        }
        String text = holdable(body);
        return text == null ? new StoredBody(null, body) : new StoredBody(text, null);
    }

    /** The bytes to decode the event from. */
    byte @Nullable [] bytes() {
        return json == null ? raw : json.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String holdable(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return oneHoldableValue(text) ? text : null;
        } catch (CharacterCodingException e) {
            return null; // not UTF-8: kept as bytes
        } catch (IOException e) {
            return null; // not JSON: kept as bytes
        }
    }

    private static boolean oneHoldableValue(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            int depth = 0;
            int values = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                values += depth == 0 ? 1 : 0;
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (!holds(parser, token)) {
                    return false;
                }
            }
            return values == 1;
        }
    }

    private static boolean holds(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING, FIELD_NAME -> parser.getText().codePoints().noneMatch(StoredBody::refused);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> smallEnough(parser.getText());
            default -> true;
        };
    }

    private static boolean refused(int codePoint) {
        return codePoint == 0 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    private static boolean smallEnough(String number) {
        int exponentAt = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (exponentAt < 0) {
            return number.length() <= MAX_NUMBER_CHARS;
        }
        String exponent = number.substring(exponentAt + 1);
        return exponentAt <= MAX_NUMBER_CHARS
                && exponent.length() <= 6
                && Math.abs(Integer.parseInt(exponent)) <= MAX_EXPONENT;
    }
}
