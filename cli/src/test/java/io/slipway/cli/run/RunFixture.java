package io.slipway.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.cli.output.Json;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.RunEnded;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Runs as the planner shows them, put together from the golden samples of the contracts. */
public final class RunFixture {
    public static final String RUN = "5f0c1a52-8f0e-4f57-9c55-0d3c3c1f7a11";

    private RunFixture() {}

    /** A run on its way, with a plan from the state VALIDATING on. */
    public static ObjectNode run(String state, int percent, int revision) {
        ObjectNode run = Json.mapper().createObjectNode();
        run.put("runId", RUN).put("requestId", "deploy-4711").put("target", "shop-production");
        run.put("kind", "MIGRATION").put("state", state).put("percent", percent).put("revision", revision);
        run.put("dryRun", false);
        return run;
    }

    public static ObjectNode planned(ObjectNode run) {
        JsonNode plan = body("MigrationPlanned").get("plan");
        ObjectNode summary = run.putObject("plan");
        summary.set("digest", plan.get("digest"));
        summary.set("currentVersion", plan.at("/state/currentVersion"));
        var scripts = summary.putArray("scripts");
        plan.get("scripts").forEach(script -> {
            ObjectNode entry = scripts.addObject();
            for (String field : new String[] {"version", "description", "name", "kind", "transactional"}) {
                if (script.has(field)) {
                    entry.set(field, script.get(field));
                }
            }
            entry.put("undo", script.has("undo"));
            entry.put("wayBack", script.has("undo") ? "SCRIPT" : "DERIVED");
        });
        return run;
    }

    /** With the verdict of the sample {@code ValidationPassed} or {@code ValidationFailed}. */
    public static ObjectNode judged(ObjectNode run, String sample) {
        planned(run).set("verdict", body(sample).get("verdict"));
        return run;
    }

    /** With the end that the sample describes. */
    public static ObjectNode ended(ObjectNode run, String sample) {
        ObjectNode end = run.putObject("end").put("type", sample.split("\\.")[0]);
        end.setAll((ObjectNode) body(sample));
        return run;
    }

    public static ObjectNode held(ObjectNode run, String reason) {
        run.putObject("hold").put("reason", reason).put("detail", "As the policy says.");
        return run;
    }

    static RunEnded end(String sample) {
        Class<?> type = EventTypes.byName("io.slipway." + sample.split("\\.")[0] + ".v1")
                .orElseThrow();
        return (RunEnded) Json.mapper().convertValue(body(sample), type);
    }

    static JsonNode body(String sample) {
        try (InputStream file = EventTypes.class.getResourceAsStream("/samples/v1/" + sample + ".json")) {
            return Json.mapper().readTree(file).get("body");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
