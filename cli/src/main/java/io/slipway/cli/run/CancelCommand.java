package io.slipway.cli.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.connect.Service;
import io.slipway.cli.output.Json;
import io.slipway.contracts.RunId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a run up. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Gives a run up, and says where it is then; one that was released ends at its next safe point.")
public final class CancelCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "The run's id, as 'up' and 'status' show it.")
    String run = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, as the history will say.")
    String reason = "";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who asks, as the history will say; default: the user of the system.")
    String by = System.getProperty("user.name", "unknown");

    @Option(
            names = "--now",
            description = "Cancel the statement that is at work as well, instead of waiting for the end of its script.")
    boolean now;

    private final SlipwayCommand slipway;

    public CancelCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        Accepted cancelled =
                new PlannerClient(slipway.addresses().client(Service.PLANNER)).cancel(runId(), by, reason, now);
        if (slipway.json()) {
            var document = JsonNodeFactory.instance
                    .objectNode()
                    .put("runId", cancelled.runId())
                    .put("requestId", cancelled.requestId())
                    .put("target", cancelled.target())
                    .put("state", cancelled.state())
                    .put("exitCode", ExitCode.OK.number());
            slipway.surroundings().out().println(Json.text(document));
        } else {
            slipway.surroundings()
                    .out()
                    .println("The cancellation of run %s of %s is accepted; the run is %s."
                            .formatted(cancelled.runId(), cancelled.target(), cancelled.state()));
        }
        return ExitCode.OK.number();
    }

    private RunId runId() {
        try {
            return RunId.of(run);
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage(
                    String.valueOf(e.getMessage()), "'slipway status --target T' lists the runs of a target.");
        }
    }
}
