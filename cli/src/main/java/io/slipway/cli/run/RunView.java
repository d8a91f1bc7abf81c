package io.slipway.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import io.slipway.cli.output.Json;
import io.slipway.contracts.Backup;
import io.slipway.contracts.Blocker;
import io.slipway.contracts.Derivation;
import io.slipway.contracts.ScriptOrigin;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.RunEnded;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as the planner shows it. What a newer planner adds is passed over; the whole document is kept for {@code --json}.
 *
 * @param document as it came
 * @param end how it ended, absent while it goes on
 */
record RunView(ObjectNode document, Content content, Optional<RunEnded> end) {
    /**
     * The fields that are shown.
     *
     * @param state a word for people; new ones may come
     * @param revision grows with each change
     * @param behind the run that it waits for
     */
    record Content(
            String runId,
            @Nullable String requestId,
            String target,
            String state,
            int percent,
            long revision,
            boolean dryRun,
            @Nullable String behind,
            @Nullable Planned plan,
            @Nullable Held hold,
            @Nullable Verdict verdict,
            @Nullable Progress progress,
            @Nullable Backup backup) {}

    /**
     * The plan without its scripts' text.
     *
     * @param warnings absent from an older planner
     */
    record Planned(
            @Nullable String digest,
            @Nullable String currentVersion,
            List<Script> scripts,
            @Nullable ScriptOrigin origin,
            @Nullable List<String> warnings,
            @Nullable Duration estimate) {}

    /**
     * One script of the plan.
     *
     * @param derived of an undo script: where it comes from, if nobody wrote it
     */
    record Script(
            @Nullable String version,
            String description,
            String name,
            @Nullable String wayBack,
            @Nullable Derivation derived) {
        /** In a word; planners of before derived undo do not say. */
        String undo() {
            return wayBack == null ? "?" : wayBack.toLowerCase(Locale.ROOT);
        }

        String label() {
            return version == null ? "R" : version;
        }
    }

    /** Why it waits. */
    record Held(
            String reason,
            @Nullable String detail,
            @Nullable String until) {}

    /**
     * How far the executor is.
     *
     * @param waited for a lock; absent while it waits for none, and from an older executor
     * @param batches of a script that runs in batches, as are {@code rows}
     */
    record Progress(
            @Nullable String script,
            int scriptIndex,
            int scripts,
            int statementsDone,
            @Nullable Integer statements,
            @Nullable String phase,
            @Nullable Integer percent,
            @Nullable Duration waited,
            @Nullable List<Blocker> blockedBy,
            @Nullable Integer batches,
            @Nullable Long rows) {}

    static RunView of(JsonNode json) {
        try {
            ObjectNode document = json.deepCopy();
            return new RunView(document, Json.mapper().treeToValue(json, Content.class), end(document.path("end")));
        } catch (JsonProcessingException | ClassCastException e) {
            CommandFailed failed = new CommandFailed(
                    ExitCode.UNEXPECTED,
                    "Not understood",
                    "The planner describes the run in a way that this version does not understand: " + e.getMessage(),
                    "Is the command line as new as the services?");
            failed.initCause(e);
            throw failed;
        }
    }

    String state() {
        return content.state();
    }

    /** The reason of a hold, or nothing. */
    String heldFor() {
        Held hold = content.hold();
        return "HELD".equals(content.state()) && hold != null ? hold.reason() : "";
    }

    List<Script> scripts() {
        Planned plan = content.plan();
        return plan == null ? List.of() : plan.scripts();
    }

    private static Optional<RunEnded> end(JsonNode end) throws JsonProcessingException {
        if (!end.isObject()) {
            return Optional.empty();
        }
        String type = end.path("type").asText();
        Class<?> known = EventTypes.byName("io.slipway." + type + ".v1")
                .filter(RunEnded.class::isAssignableFrom)
                .orElseThrow(() -> new ClassCastException("the end '%s' is unknown here.".formatted(type)));
        return Optional.of((RunEnded) Json.mapper().treeToValue(end, known));
    }
}
