package io.slipway.cli.validate;

import io.slipway.cli.CommandFailed;
import io.slipway.sql.analyze.AnalysisSettings;
import io.slipway.sql.rule.Environment;
import io.slipway.sql.rule.Profile;
import io.slipway.sql.rule.RulePolicy;
import io.slipway.sql.rule.Rules;
import io.slipway.sql.rule.TableSizes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** For which database scripts are judged without asking it, and by which rules. */
final class JudgementOptions {
    @Option(
            names = "--pg-version",
            paramLabel = "MAJOR",
            defaultValue = "15",
            description = "The server's major version, 14 to 18; default: ${DEFAULT-VALUE}.")
    int serverVersion = 15;

    @Nullable
    @Option(
            names = "--stats",
            paramLabel = "FILE",
            description =
                    "Sizes of tables as JSON: {\"tables\": {\"public.orders\": {\"rows\": 1200000, \"bytes\": 734003200}}}.")
    Path statistics;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "default",
            description = "default, strict or advice; default: ${DEFAULT-VALUE}.")
    Profile profile = Profile.DEFAULT;

    @Option(
            names = "--rule",
            paramLabel = "ID",
            split = ",",
            description = "Also look for this, whatever the profile; repeatable.")
    List<String> added = new ArrayList<>();

    @Option(names = "--no-rule", paramLabel = "ID", split = ",", description = "Do not look for this; repeatable.")
    List<String> removed = new ArrayList<>();

    @Option(
            names = "--default-schema",
            paramLabel = "NAME",
            defaultValue = "public",
            description = "Where names without a schema lead to; default: ${DEFAULT-VALUE}.")
    String defaultSchema = "public";

    @Option(names = "--placeholder", paramLabel = "NAME=VALUE", description = "A value for $${NAME}; repeatable.")
    Map<String, String> placeholders = new LinkedHashMap<>();

    /** @param silent rules that do not look for a reason that the command knows */
    AnalysisSettings settings(Path workingDirectory, Set<String> silent) {
        known(added);
        known(removed);
        Set<String> without = new HashSet<>(removed);
        silent.stream().filter(id -> !added.contains(id)).forEach(without::add);
        TableSizes sizes =
                statistics == null ? TableSizes.UNKNOWN : StatisticsFile.read(workingDirectory.resolve(statistics));
        try {
            Environment environment = Environment.UNKNOWN
                    .withServerVersion(serverVersion)
                    .withDefaultSchema(defaultSchema)
                    .withSizes(sizes);
            return new AnalysisSettings(environment, new RulePolicy(profile, new HashSet<>(added), without));
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage(String.valueOf(e.getMessage()), "");
        }
    }

    private static void known(List<String> ids) {
        ids.stream().filter(id -> Rules.find(id).isEmpty()).findFirst().ifPresent(id -> {
            throw CommandFailed.usage("There is no rule '%s'.".formatted(id), "'slipway rules' lists them.");
        });
    }
}
