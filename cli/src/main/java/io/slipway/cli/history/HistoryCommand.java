package io.slipway.cli.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.output.Json;
import io.slipway.cli.output.Style;
import io.slipway.cli.output.Table;
import io.slipway.cli.output.Took;
import io.slipway.cli.output.When;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What was done to a target. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Shows what was applied, undone, restored or failed on a target, the newest first.")
public final class HistoryCommand implements Callable<Integer> {
    @Option(
            names = "--target",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "The registered database; default: ${DEFAULT-VALUE}.")
    String target = "default";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many runs to show, 1 to 500; default: ${DEFAULT-VALUE}.")
    int limit = 20;

    private final SlipwayCommand slipway;

    public HistoryCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        Optional<ObjectNode> history = new AuditClient(slipway).history(StatusCommand.target(target), limit);
        if (slipway.json()) {
            slipway.surroundings().out().println(Json.text(history.orElseGet(this::none)));
        } else {
            lines(history.map(HistoryCommand::entries).orElse(List.of()))
                    .forEach(slipway.surroundings().out()::println);
        }
        return ExitCode.OK.number();
    }

    private List<String> lines(List<Entry> entries) {
        if (entries.isEmpty()) {
            return List.of("Nothing was done to '%s' yet.".formatted(target));
        }
        Style style = new Style(slipway.surroundings().colours());
        Table table = new Table(
                style,
                "When",
                "What",
                "Version",
                "Description",
                "Rows",
                "Tables",
                "Took",
                "Waited",
                "By",
                "Reason",
                "Run");
        for (Entry entry : entries) {
            table.row(
                    When.text(entry.at()),
                    entry.undoneByRun() == null ? entry.what() : entry.what() + ", undone since",
                    text(entry.version()),
                    entry.error() == null ? text(entry.description()) : entry.error(),
                    entry.rowsAffected() == null ? "-" : String.valueOf(entry.rowsAffected()),
                    entry.tablesModified().isEmpty() ? "-" : String.join(", ", entry.tablesModified()),
                    entry.tookMs() == null ? "-" : Took.text(Duration.ofMillis(entry.tookMs())),
                    entry.lockWaitMs() == null ? "-" : Took.text(Duration.ofMillis(entry.lockWaitMs())),
                    text(entry.requestedBy()),
                    text(entry.reason()),
                    entry.run());
        }
        return table.lines();
    }

    private static List<Entry> entries(ObjectNode history) {
        return StreamSupport.stream(history.path("entries").spliterator(), false)
                .map(entry -> AuditClient.as(Entry.class, entry))
                .toList();
    }

    private ObjectNode none() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("target", target);
        document.putArray("entries");
        return document;
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "-");
    }

    /** One thing that happened, as the audit service lists it. */
    private record Entry(
            String what,
            Instant at,
            String run,
            @Nullable String requestedBy,
            @Nullable String reason,
            @Nullable String version,
            @Nullable String description,
            @Nullable Long rowsAffected,
            List<String> tablesModified,
            @Nullable Long tookMs,
            @Nullable Long lockWaitMs,
            @Nullable String error,
            @Nullable String undoneByRun) {}
}
