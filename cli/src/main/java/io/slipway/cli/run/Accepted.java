package io.slipway.cli.run;

import com.fasterxml.jackson.databind.JsonNode;

/** The planner's word that a request has become a run. */
record Accepted(String runId, String requestId, String target, String state) {
    static Accepted of(JsonNode receipt) {
        return new Accepted(
                receipt.path("runId").asText(),
                receipt.path("requestId").asText(),
                receipt.path("target").asText(),
                receipt.path("state").asText("QUEUED"));
    }

    /** How to look at the run later. */
    String howToLook() {
        return "The run goes on. Look with: slipway status --target " + target;
    }
}
