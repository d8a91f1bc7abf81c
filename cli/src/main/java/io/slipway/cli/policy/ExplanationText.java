package io.slipway.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.output.Style;
import io.slipway.cli.output.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An explanation for people: each value, and below it where it comes from. */
record ExplanationText(Style style, JsonNode explanation) {
    private static final String COLUMNS = "%-22s%s";

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        String file = explanation.path("file").asText("no policy file");
        lines.add(style.bold(
                printable("%s for target %s in environment %s".formatted(file, text("target"), text("environment")))));
        if (explanation.path("values").isEmpty()) {
            lines.add("Nothing is demanded.");
        }
        for (JsonNode value : explanation.path("values")) {
            lines.add(printable(COLUMNS.formatted(
                    value.path("key").asText(), value.path("value").asText())));
            lines.add(style.dim(printable(COLUMNS.formatted(
                    "",
                    "%s, %s:%d"
                            .formatted(
                                    value.path("level").asText(),
                                    file,
                                    value.path("line").asInt())))));
        }
        lines.add(now(explanation.path("window")));
        for (JsonNode problem : explanation.path("problems")) {
            lines.add(style.red(printable("not in force, the file is broken: %s:%d:%d: %s"
                    .formatted(
                            file,
                            problem.path("line").asInt(),
                            problem.path("column").asInt(),
                            problem.path("message").asText()))));
        }
        return lines;
    }

    private String now(JsonNode window) {
        if (!window.path("open").asBoolean()) {
            return style.yellow(printable("now closed: " + window.path("why").asText()));
        }
        String name = window.hasNonNull("window")
                ? ", window '%s'".formatted(window.path("window").asText())
                : "";
        String until = window.hasNonNull("closes")
                ? " until " + When.text(Instant.parse(window.path("closes").asText()))
                : "";
        return style.green(printable("now open%s%s".formatted(until, name)));
    }

    private String text(String field) {
        return explanation.path(field).asText();
    }

    private static String printable(String text) {
        return Style.printable(text);
    }
}
