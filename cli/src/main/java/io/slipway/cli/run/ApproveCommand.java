package io.slipway.cli.run;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.connect.Service;
import io.slipway.cli.output.Json;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.event.ApprovalGiven;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Accepts the plan of a run that waits for it. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description =
                "Accepts the plan of a held run. It counts for this plan only, and not from whoever asked for the run.")
public final class ApproveCommand implements Callable<Integer> {
    /** As many digits as nobody meets twice by accident. */
    private static final int LEAST_DIGITS = 12;

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    String run = "";

    @Option(
            names = "--plan",
            required = true,
            paramLabel = "DIGEST",
            description =
                    "The digest of the plan that you have looked at, or its first 12 digits; 'slipway status' shows it.")
    String plan = "";

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who approves, as policy names them; default: the user of the system.")
    String by = System.getProperty("user.name", "unknown");

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it stays in the history.")
    String reason = "";

    private final SlipwayCommand slipway;

    public ApproveCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() throws Exception {
        RunId id = id();
        PlannerClient planner = new PlannerClient(slipway.addresses().client(Service.PLANNER));
        RunView found = planner.run(id.toString(), Duration.ZERO, -1);
        String digest = digest(found);
        planner.submit(
                new ApprovalGiven(new TargetId(found.content().target()), id, new PlanDigest(digest), by, reason),
                "approve-" + UUID.randomUUID());
        if (slipway.json()) {
            slipway.surroundings().out().println(Json.text(Map.of("runId", id.toString(), "plan", digest, "by", by)));
        } else {
            slipway.surroundings().out().println("Approved plan %s of run %s.".formatted(digest, id));
        }
        return ExitCode.OK.number();
    }

    private RunId id() {
        try {
            return RunId.of(run);
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage(String.valueOf(e.getMessage()), "'slipway status' lists the runs.");
        }
    }

    private String digest(RunView found) {
        @Nullable
        String current =
                found.content().plan() == null ? null : found.content().plan().digest();
        if (current == null) {
            throw new CommandFailed(
                    ExitCode.REFUSED,
                    "No plan",
                    "Run %s has no plan yet.".formatted(run),
                    "Wait until it is held for an approval.");
        }
        String digits = plan.startsWith("sha256:") ? plan.substring("sha256:".length()) : plan;
        if (digits.length() < LEAST_DIGITS || !current.startsWith("sha256:" + digits)) {
            throw new CommandFailed(
                    ExitCode.CONFLICT,
                    "Another plan",
                    "The run's plan is %s, not '%s'.".formatted(current, plan),
                    "Look at the plan that the run has now; give at least %d digits of its digest."
                            .formatted(LEAST_DIGITS));
        }
        return current;
    }
}
