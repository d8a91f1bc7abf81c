package io.slipway.cli.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.output.Json;
import io.slipway.cli.output.Style;
import io.slipway.policy.Policies;
import io.slipway.policy.PolicyProblem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says all that is wrong with a policy file, as compilers do. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Says all that is wrong with a policy file, each with line and column; exit code 2 when anything is.")
final class PolicyCheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The policy file.")
    Path file = Path.of("");

    private final SlipwayCommand slipway;

    PolicyCheckCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() throws JsonProcessingException {
        List<PolicyProblem> problems =
                switch (Policies.read(PolicyText.read(slipway.surroundings().directory(), file))) {
                    case Policies.Read.Good good -> List.of();
                    case Policies.Read.Bad bad -> bad.problems();
                };
        ExitCode code = problems.isEmpty() ? ExitCode.OK : ExitCode.VALIDATION_FAILED;
        var out = slipway.surroundings().out();
        if (slipway.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("file", file.toString());
            document.put("problems", problems);
            document.put("exitCode", code.number());
            out.println(Json.text(document));
        } else if (problems.isEmpty()) {
            out.println("%s: nothing is wrong with it.".formatted(file));
        } else {
            problems.forEach(problem -> out.println(Style.printable("%s:%s".formatted(file, problem))));
        }
        return code.number();
    }
}
