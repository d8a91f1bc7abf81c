package io.slipway.cli.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.output.Json;
import io.slipway.cli.output.Style;
import io.slipway.contracts.TargetId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where a target is: its version, what is under way, what ran last. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows a target's version, the runs under way and the last runs.")
public final class StatusCommand implements Callable<Integer> {
    @Option(
            names = "--target",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "The registered database; default: ${DEFAULT-VALUE}.")
    String target = "default";

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many runs to show, 1 to 500; default: ${DEFAULT-VALUE}.")
    int limit = 10;

    private final SlipwayCommand slipway;

    public StatusCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        ObjectNode answer = new AuditClient(slipway).runs(target(target), limit);
        List<RunRow> runs = StreamSupport.stream(answer.path("runs").spliterator(), false)
                .map(run -> AuditClient.as(RunRow.class, run))
                .toList();
        TargetStatus status = new TargetStatus(target, runs);
        if (slipway.json()) {
            slipway.surroundings().out().println(Json.text(document(status, answer)));
        } else {
            status.lines(new Style(slipway.surroundings().colours()))
                    .forEach(slipway.surroundings().out()::println);
        }
        return ExitCode.OK.number();
    }

    static String target(String name) {
        try {
            return new TargetId(name).name();
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage(String.valueOf(e.getMessage()), "");
        }
    }

    private static ObjectNode document(TargetStatus status, ObjectNode answer) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("target", status.target());
        status.witness().ifPresent(run -> document.put("currentVersion", run.versionAfter()));
        document.put("underWay", status.underWay().size());
        document.set("runs", answer.path("runs"));
        return document;
    }
}
