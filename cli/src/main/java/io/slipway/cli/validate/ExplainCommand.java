package io.slipway.cli.validate;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.validate.ScriptFiles.Named;
import io.slipway.sql.analyze.Explainer;
import io.slipway.sql.analyze.PlaceholderText;
import io.slipway.sql.analyze.Script;
import io.slipway.sql.report.ExplainFormat;
import io.slipway.sql.report.RulePage;
import io.slipway.sql.rule.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what a rule is about, or what each statement of scripts will do. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Tells what a rule is about; or of each statement of a file which locks it takes, what it rewrites and reads,",
            "who waits for it, and whether there is a way back."
        })
public final class ExplainCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "RULE|FILE|DIR",
            description = "A rule's id, as findings name it; or a script, or a folder of them.")
    String subject = "";

    @Nullable
    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "The schema as it is, as SQL such as pg_dump writes.")
    Path schema;

    @Mixin
    JudgementOptions judgement = new JudgementOptions();

    private final SlipwayCommand slipway;

    public ExplainCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() {
        var rule = Rules.find(subject);
        if (rule.isPresent()) {
            slipway.surroundings().out().print(RulePage.text(rule.get()));
            return 0;
        }
        Path directory = slipway.surroundings().directory();
        if (!Files.exists(directory.resolve(subject))) {
            throw CommandFailed.usage(
                    "There is no rule and no file '%s'.".formatted(subject), "'slipway rules' lists the rules.");
        }
        var entries = new Explainer(judgement.settings(directory, Set.of()).environment())
                .explain(before(directory), scripts(directory)).stream()
                        .map(each -> new ExplainFormat.Entry(
                                each.script(), each.line(), each.sql(), each.effects(), each.closed()))
                        .toList();
        slipway.surroundings().out().print(slipway.json() ? ExplainFormat.json(entries) : ExplainFormat.text(entries));
        return 0;
    }

    private List<Script> before(Path directory) {
        return schema == null
                ? List.of()
                : List.of(new Script(
                        "schema", Script.Kind.OTHER, null, text(directory.resolve(schema), schema.toString())));
    }

    private List<Script> scripts(Path directory) {
        List<Script> scripts = new ArrayList<>();
        for (Named file : ScriptFiles.find(directory, List.of(Path.of(subject))).files()) {
            if (ScriptFiles.kind(file) != Script.Kind.UNDO || Files.isRegularFile(directory.resolve(subject))) {
                String sql = PlaceholderText.of(text(file.path(), file.name()), judgement.placeholders)
                        .sql();
                scripts.add(new Script(
                        file.name(), ScriptFiles.kind(file), file.flyway().version(), sql));
            }
        }
        return scripts;
    }

    private static String text(Path path, String name) {
        return switch (ScriptText.read(path, name)) {
            case ScriptText.Readable readable -> readable.sql();
            case ScriptText.Unreadable unreadable ->
                throw ScriptFiles.unreadable(unreadable.finding().message());
        };
    }
}
