package io.slipway.cli.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.connect.Service;
import io.slipway.cli.output.Json;
import io.slipway.cli.output.Style;
import io.slipway.contracts.TargetId;
import io.slipway.policy.Policies;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What applies to a target, each value with where it comes from. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what the policy says for a target, from which level and line, and whether a window is open now.",
            "Without FILE it asks the planner for the policy in force."
        })
final class PolicyExplainCommand implements Callable<Integer> {
    private static final Duration ANSWER = Duration.ofSeconds(15);

    /** Where the registry of targets does not say. */
    private static final String DEFAULT_ENVIRONMENT = "development";

    @Nullable
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A policy file that is looked at here, without any service.")
    Path file;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "The database; default: ${DEFAULT-VALUE}.")
    String target = "default";

    @Nullable
    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "The target's environment, with FILE; default: " + DEFAULT_ENVIRONMENT + ".")
    String environment;

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "A label of the target, with FILE; repeatable.")
    Map<String, String> labels = new LinkedHashMap<>();

    private final SlipwayCommand slipway;

    PolicyExplainCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        JsonNode explanation = file == null ? ofPlanner(name()) : ofFile(file, name());
        var out = slipway.surroundings().out();
        if (slipway.json()) {
            out.println(Json.text(explanation));
        } else {
            new ExplanationText(new Style(slipway.surroundings().colours()), explanation)
                    .lines()
                    .forEach(out::println);
        }
        return ExitCode.OK.number();
    }

    private String name() {
        try {
            return new TargetId(target).name();
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage(String.valueOf(e.getMessage()), "");
        }
    }

    private JsonNode ofPlanner(String name) {
        if (environment != null || !labels.isEmpty()) {
            throw CommandFailed.usage(
                    "--environment and --label only go with FILE: the planner knows those of its targets.",
                    "Leave them out, or name a policy file.");
        }
        return slipway.addresses().client(Service.PLANNER).get("/api/v1/policy?target=" + name, ANSWER);
    }

    private JsonNode ofFile(Path policy, String name) {
        Policies policies =
                switch (Policies.read(PolicyText.read(slipway.surroundings().directory(), policy))) {
                    case Policies.Read.Good good -> good.policies();
                    case Policies.Read.Bad bad ->
                        throw new CommandFailed(
                                ExitCode.VALIDATION_FAILED,
                                "Policy not valid",
                                "%s:%s".formatted(policy, bad.problems().getFirst()),
                                "'slipway policy check %s' shows all of %d problem(s)."
                                        .formatted(policy, bad.problems().size()));
                };
        return Explanation.of(
                policies,
                policy.toString(),
                name,
                environment == null ? DEFAULT_ENVIRONMENT : environment,
                labels,
                Instant.now());
    }
}
