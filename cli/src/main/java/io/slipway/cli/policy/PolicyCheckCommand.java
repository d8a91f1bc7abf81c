package io.slipway.cli.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.output.Json;
import io.slipway.cli.output.Style;
import io.slipway.contracts.CheckNames;
import io.slipway.contracts.FindingIds;
import io.slipway.policy.Mention;
import io.slipway.policy.Policies;
import io.slipway.policy.PolicyProblem;
import io.slipway.sql.rule.Rules;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            case Policies.Read.Good good -> report(List.of(), unknownNames(good.policies()));
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

    /** A slip in the name of a rule lets through in silence what was to be blocked; one in that of a check lets nothing through. */
    private static List<PolicyProblem> unknownNames(Policies policies) {
        return Stream.concat(
                        policies.rules().stream()
                                .filter(rule ->
                                        Rules.find(rule.name()).isEmpty() && !FindingIds.ALL.contains(rule.name()))
                                .map(
                                        rule -> warning(
                                                rule,
                                                "none of the rules that 'slipway rules' lists, nor a finding of the validator")),
                        policies.checks().stream()
                                .filter(check -> !CheckNames.ALL.contains(check.name()))
                                .map(check -> warning(check, "none of the validator's checks")))
                .sorted(Comparator.comparing(PolicyProblem::line).thenComparing(PolicyProblem::column))
                .toList();
    }

    private static PolicyProblem warning(Mention mention, String what) {
        return new PolicyProblem(
                mention.line(), mention.column(), "'%s' is %s; is it spelled right?".formatted(mention.name(), what));
    }
}
