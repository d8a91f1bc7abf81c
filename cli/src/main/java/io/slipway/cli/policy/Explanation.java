package io.slipway.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.output.Json;
import io.slipway.policy.Opening;
import io.slipway.policy.Policies;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a policy file says for a target, in the form in which the planner answers. */
final class Explanation {
    private Explanation() {}

    static JsonNode of(
            Policies policies,
            String file,
            String target,
            String environment,
            Map<String, String> labels,
            Instant now) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("target", target);
        view.put("environment", environment);
        view.put("labels", labels);
        view.put("file", file);
        view.put("values", policies.explain(target, environment, labels));
        view.put(
                "window",
                window(policies.of(target, environment, labels).windows().at(now, null)));
        view.put("problems", List.of());
        return Json.mapper().valueToTree(view);
    }

    private static Map<String, Object> window(Opening opening) {
        Map<String, Object> view = new LinkedHashMap<>();
        switch (opening) {
            case Opening.Open(var closes, var window) -> {
                view.put("open", true);
                if (closes != null) {
                    view.put("closes", closes);
                }
                if (window != null) {
                    view.put("window", window);
                }
            }
            case Opening.Closed(var opens, var why) -> {
                view.put("open", false);
                if (opens != null) {
                    view.put("opens", opens);
                }
                view.put("why", why);
            }
        }
        return view;
    }
}
