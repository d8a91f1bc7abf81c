package io.slipway.planner.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.contracts.event.RunEnded;
import io.slipway.contracts.event.RunFact;
import java.util.List;

/** Facts as callers of a run see them: without what the run says anyway. */
final class FactJson {
    private static final List<String> SAID_BY_THE_RUN = List.of("runId", "target");

    private FactJson() {}

    static ObjectNode ending(ObjectMapper mapper, RunEnded fact) {
        ObjectNode json = mapper.createObjectNode().put("type", fact.getClass().getSimpleName());
        json.setAll(mapper.<ObjectNode>valueToTree(fact));
        return json.remove(SAID_BY_THE_RUN);
    }

    static ObjectNode progress(ObjectMapper mapper, RunFact fact) {
        ObjectNode json = mapper.valueToTree(fact);
        return json.remove(SAID_BY_THE_RUN).remove(List.of("plan", "kind"));
    }
}
