package io.slipway.cli.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.output.Json;
import io.slipway.cli.output.Style;
import io.slipway.policy.Policies;
import io.slipway.policy.PolicyProblem;
import io.slipway.sql.rule.Rules;
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
        return switch (Policies.read(PolicyText.read(slipway.surroundings().directory(), file))) {
            case Policies.Read.Good good -> report(List.of(), unknownRules(good.policies()));
            case Policies.Read.Bad bad -> report(bad.problems(), List.of());
        };
    }

    private int report(List<PolicyProblem> problems, List<PolicyProblem> warnings) throws JsonProcessingException {
        ExitCode code = problems.isEmpty() ? ExitCode.OK : ExitCode.VALIDATION_FAILED;
        var out = slipway.surroundings().out();
        if (slipway.json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("file", file.toString());
            document.put("problems", problems);
            document.put("warnings", warnings);
            document.put("exitCode", code.number());
            out.println(Json.text(document));
            return code.number();
        }
        problems.forEach(problem -> out.println(Style.printable("%s:%s".formatted(file, problem))));
        warnings.forEach(warning -> out.println(Style.printable(
                "%s:%d:%d: warning: %s".formatted(file, warning.line(), warning.column(), warning.message()))));
        if (problems.isEmpty()) {
            out.println("%s: can be used.".formatted(file));
        }
        return code.number();
    }

    /** A slip in a name would let through in silence what was to be blocked; but the validator has some more of its own. */
    private static List<PolicyProblem> unknownRules(Policies policies) {
        return policies.ruleNames().stream()
                .filter(name -> Rules.find(name.rule()).isEmpty())
                .map(name -> new PolicyProblem(
                        name.line(),
                        name.column(),
                        "'%s' is none of the rules that 'slipway rules' lists; is it spelled right?"
                                .formatted(name.rule())))
                .toList();
    }
}
