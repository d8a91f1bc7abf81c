package io.slipway.planner.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.contracts.cloudevents.EventJson;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.RunFact;
import java.util.List;

/** Facts as callers of a run see them: the end whole, so that it reads like the event; progress without repeats. */
final class FactJson {
    private static final ObjectMapper MAPPER = EventJson.mapper();
    private static final List<String> SAID_BY_THE_RUN = List.of("runId", "target", "plan", "kind");

    private FactJson() {}

    static ObjectNode ending(RunEnded fact) {
        ObjectNode json = MAPPER.createObjectNode().put("type", fact.getClass().getSimpleName());
        return json.setAll(MAPPER.<ObjectNode>valueToTree(fact));
    }

    static ObjectNode progress(RunFact fact) {
        ObjectNode json = MAPPER.valueToTree(fact);
        return json.remove(SAID_BY_THE_RUN);
    }
}
