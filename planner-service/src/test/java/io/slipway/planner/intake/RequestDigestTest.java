package io.slipway.planner.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.event.MigrationRequested;
import org.junit.jupiter.api.Test;

class RequestDigestTest {
    private static final String REQUEST = """
            {"target": "shop", "scripts": {"kind": "inline", "files": [{"name": "V1__a.sql", "content": "select 1;"}]},
             "settings": {"placeholders": {"a": "1", "b": "2"}}, "dryRun": false, "requestedBy": "ada", "reason": "why"}
            """;

    @Test
    void isTheSameHoweverTheRequestIsWritten() throws Exception {
        String reordered = """
                {"reason":"why","requestedBy":"ada","unknown":[1],"settings":{"placeholders":{"b":"2","a":"1"}},
                "scripts":{"files":[{"content":"select 1;","name":"V1__a.sql"}],"kind":"inline"},"target":"shop"}
                """;
        assertThat(digest(reordered)).isEqualTo(digest(REQUEST));
    }

    @Test
    void isAnotherOneWhenAnythingThatCountsDiffers() throws Exception {
        assertThat(digest(REQUEST.replace("select 1", "select 2"))).isNotEqualTo(digest(REQUEST));
        assertThat(digest(REQUEST.replace("\"dryRun\": false", "\"dryRun\": true")))
                .isNotEqualTo(digest(REQUEST));
    }

    private static String digest(String json) throws Exception {
        return RequestDigest.of(EventJson.mapper().readValue(json, MigrationRequested.class));
    }
}
