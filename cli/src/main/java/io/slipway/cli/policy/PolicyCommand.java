package io.slipway.cli.policy;

import io.slipway.cli.SlipwayCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of the commands about the policy. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Checks a policy file, or explains what applies to a target.",
        synopsisSubcommandLabel = "COMMAND")
public final class PolicyCommand {
    private PolicyCommand() {}

    public static CommandLine of(SlipwayCommand slipway) {
        return new CommandLine(new PolicyCommand())
                .addSubcommand(new PolicyCheckCommand(slipway))
                .addSubcommand(new PolicyExplainCommand(slipway));
    }
}
