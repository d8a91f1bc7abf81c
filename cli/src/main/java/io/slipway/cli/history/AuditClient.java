package io.slipway.cli.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.connect.Service;
import io.slipway.cli.connect.ServiceClient;
import io.slipway.cli.connect.ServiceRefused;
import io.slipway.cli.output.Json;
import java.time.Duration;
import java.util.Optional;

/** Asks the audit service. */
final class AuditClient {
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final ServiceClient audit;

    AuditClient(SlipwayCommand slipway) {
        this.audit = slipway.addresses().client(Service.AUDIT);
    }

    /** The newest runs of a target; none when nobody has ever named it. */
    ObjectNode runs(String target, int limit) {
        return object(audit.get("/api/v1/runs?target=%s&limit=%d".formatted(target, limit), ANSWER));
    }

    /** What was done to a target, the newest first; absent when nobody has ever named it. */
    Optional<ObjectNode> history(String target, int limit) {
        try {
            return Optional.of(
                    object(audit.get("/api/v1/targets/%s/history?limit=%d".formatted(target, limit), ANSWER)));
        } catch (ServiceRefused refused) {
            if (refused.status() == 404) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    static <T> T as(Class<T> type, JsonNode json) {
        try {
            return Json.mapper().treeToValue(json, type);
        } catch (JsonProcessingException e) {
            CommandFailed failed = notUnderstood(String.valueOf(e.getOriginalMessage()));
            failed.initCause(e);
            throw failed;
        }
    }

    private static ObjectNode object(JsonNode json) {
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw notUnderstood("an object was expected.");
    }

    private static CommandFailed notUnderstood(String why) {
        return new CommandFailed(
                ExitCode.UNEXPECTED,
                "Not understood",
                "The audit service answers in a way that this version does not understand: " + why,
                "Is the command line as new as the services?");
    }
}
