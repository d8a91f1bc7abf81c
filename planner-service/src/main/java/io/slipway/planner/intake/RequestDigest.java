package io.slipway.planner.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over what a request says; neither spaces nor the order of fields nor unknown fields make a difference. */
final class RequestDigest {
    private static final ObjectMapper MAPPER = EventJson.mapper();

    private RequestDigest() {}

    static String of(Request request) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(EventTypes.nameOf(request.getClass()).getBytes(StandardCharsets.UTF_8));
            sha.update((byte) '\n');
            // Read into a record first and written again: fields are in the record's order, maps are sorted.
            sha.update(MAPPER.writeValueAsBytes(request));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A request cannot be written as JSON: " + request.getClass(), e);
        }
    }
}
