package io.slipway.planner.policy;

import io.slipway.policy.PolicyProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The policy file cannot be used; names all that is wrong, not only the first. */
public final class InvalidPolicy extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidPolicy(Path file, List<PolicyProblem> problems) {
        super("%d problem(s) in the policy file:%s".formatted(problems.size(), lines(file, problems)));
    }

    /** Each on a line of its own, as compilers do it. */
    static String lines(Path file, List<PolicyProblem> problems) {
        return problems.stream()
                .map(problem -> System.lineSeparator() + "  " + file + ":" + problem)
                .collect(Collectors.joining());
    }
}
