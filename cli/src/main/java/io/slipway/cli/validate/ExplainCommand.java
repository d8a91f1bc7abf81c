package io.slipway.cli.validate;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.SlipwayCommand;
import io.slipway.sql.report.RulePage;
import io.slipway.sql.rule.Rules;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells what a rule is about. */
@Command(name = "explain", mixinStandardHelpOptions = true, description = "Tells what a rule is about.")
public final class ExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RULE", description = "The rule's id, as findings name it.")
    String subject = "";

    private final SlipwayCommand slipway;

    public ExplainCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() {
        var rule = Rules.find(subject)
                .orElseThrow(() -> CommandFailed.usage(
                        "There is no rule '%s'.".formatted(subject), "'slipway rules' lists them."));
        slipway.surroundings().out().print(RulePage.text(rule));
        return 0;
    }
}
