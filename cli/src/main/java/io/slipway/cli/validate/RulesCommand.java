package io.slipway.cli.validate;

import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.output.Style;
import io.slipway.cli.output.Table;
import io.slipway.sql.report.RuleCatalogue;
import io.slipway.sql.rule.Profile;
import io.slipway.sql.rule.Rule;
import io.slipway.sql.rule.Rules;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the rules. */
@Command(name = "rules", mixinStandardHelpOptions = true, description = "Lists the rules by which scripts are judged.")
public final class RulesCommand implements Callable<Integer> {
    /** How the list is written. */
    enum ListFormat {
        TERMINAL,
        JSON,
        MARKDOWN
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "terminal",
            description = "terminal, json or markdown; default: ${DEFAULT-VALUE}.")
    ListFormat format = ListFormat.TERMINAL;

    @Nullable
    @Option(names = "--profile", paramLabel = "PROFILE", description = "Only those of default, strict or advice.")
    Profile profile;

    private final SlipwayCommand slipway;

    public RulesCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() {
        var out = slipway.surroundings().out();
        switch (slipway.json() ? ListFormat.JSON : format) {
            case JSON -> out.print(RuleCatalogue.json());
            case MARKDOWN -> out.print(RuleCatalogue.markdown());
            case TERMINAL -> table().lines().forEach(out::println);
        }
        return 0;
    }

    private Table table() {
        Table table = new Table(new Style(slipway.surroundings().colours()), "RULE", "SEVERITY", "PROFILE", "WHAT");
        for (Rule rule : Rules.all()) {
            if (profile == null || profile.includes(rule)) {
                table.row(
                        rule.id(),
                        rule.severity().name().toLowerCase(Locale.ROOT),
                        rule.profile().word(),
                        rule.title());
            }
        }
        return table;
    }
}
