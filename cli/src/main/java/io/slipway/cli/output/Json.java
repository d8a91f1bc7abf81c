package io.slipway.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slipway.contracts.cloudevents.EventJson;

/** JSON as the services speak it. The mapper is made on first use: not every command needs one. */
public final class Json {
    private Json() {}

    public static ObjectMapper mapper() {
        return Lazy.MAPPER;
    }

    /** The document for standard output. */
    public static String text(Object document) throws JsonProcessingException {
        return mapper().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    private static final class Lazy {
        static final ObjectMapper MAPPER = EventJson.mapper();
    }
}
