package io.slipway.validator.plan;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A target that does not answer, and little patience with it. */
public class ValidatorTargetsResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "slipway.targets.down.url", "postgresql://nobody:none@127.0.0.1:1/nothing",
                "slipway.validator.target-patience", "1s",
                "slipway.validator.first-pause", "100ms",
                "slipway.validator.rehearsal.server", "default",
                "quarkus.http.test-port", "0");
    }

    @Override
    public void stop() {}
}
