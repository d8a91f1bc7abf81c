package io.slipway.cli;

import io.slipway.cli.connect.Addresses;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself and the options that all subcommands share. */
@Command(
        name = "slipway",
        mixinStandardHelpOptions = true,
        versionProvider = VersionSource.class,
        description = "Takes PostgreSQL schema migrations to production.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  SLIPWAY_PLANNER, SLIPWAY_AUDIT   addresses of the services",
            "  SLIPWAY_TOKEN                    bearer token for services beyond this machine",
            "  NO_COLOR                         no colours"
        })
public final class SlipwayCommand {
    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "One JSON document on standard output and nothing else; messages on standard error.")
    boolean json;

    @Nullable
    @Option(
            names = "--planner",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The planner's address; else SLIPWAY_PLANNER, else the local stack's, else port 8081 here.")
    String planner;

    @Nullable
    @Option(
            names = "--audit",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description =
                    "The audit service's address; else SLIPWAY_AUDIT, else the local stack's, else port 8085 here.")
    String audit;

    private final Surroundings surroundings;

    SlipwayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public boolean json() {
        return json;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public Addresses addresses() {
        return new Addresses(surroundings, planner, audit);
    }
}
