package io.slipway.cli.validate;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import io.slipway.cli.SlipwayCommand;
import io.slipway.cli.VersionSource;
import io.slipway.cli.run.DryRunOptions;
import io.slipway.cli.validate.ScriptFiles.Named;
import io.slipway.sql.report.Format;
import io.slipway.sql.report.Report;
import io.slipway.sql.report.TerminalFormat;
import io.slipway.sql.rule.FlywayVersion;
import io.slipway.sql.rule.MigrationFile;
import io.slipway.sql.rule.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges scripts: here, or by the services against the target. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Says what scripts will do to a live database, before they do it.",
            "With --offline FILE or DIR here and at once; with --dir DIR --target NAME by the services, against the target."
        })
public final class ValidateCommand implements Callable<Integer> {
    /** How bad a finding must be for the command to fail. */
    enum Limit {
        ERROR,
        WARNING,
        NEVER
    }

    @Option(names = "--offline", description = "Judge the files here: no service, no database.")
    boolean offline;

    @Parameters(paramLabel = "DIR|FILE", arity = "0..*", description = "With --offline: scripts, and folders of them.")
    List<Path> paths = new ArrayList<>();

    @Nullable
    @Option(names = "--since", paramLabel = "VERSION", description = "Report only what is newer than this version.")
    String since;

    @Nullable
    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "The schema as it is, as SQL such as pg_dump writes.")
    Path schema;

    @Option(names = "--each", description = "Every file is a deployment of its own, and may be called anything.")
    boolean each;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "error",
            description = "error, warning or never: what makes the exit code 2; default: ${DEFAULT-VALUE}.")
    Limit failOn = Limit.ERROR;

    @Nullable
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "terminal, json, sarif, gitlab, github, junit, markdown or gcc; default: terminal.")
    Format format;

    @Mixin
    JudgementOptions judgement = new JudgementOptions();

    @ArgGroup(exclusive = false, heading = "%nBy the services:%n")
    DryRunOptions online = new DryRunOptions();

    private final SlipwayCommand slipway;

    public ValidateCommand(SlipwayCommand slipway) {
        this.slipway = slipway;
    }

    @Override
    public Integer call() {
        if (!offline) {
            if (!paths.isEmpty()) {
                throw CommandFailed.usage(
                        "Files are named, and --offline is not.",
                        "Add --offline to judge them here, or give --dir and --target.");
            }
            return online.run(slipway);
        }
        if (paths.isEmpty()) {
            throw CommandFailed.usage("No file or folder is named.", "slipway validate --offline db/migration");
        }
        Path directory = slipway.surroundings().directory();
        List<Named> files = ScriptFiles.find(directory, paths).files();
        OfflineValidation validation =
                new OfflineValidation(judgement.settings(directory, silent(files)), judgement.placeholders);
        String before = schemaText(directory);
        if (each) {
            validation.each(files, before);
        } else {
            validation.together(files, before, version());
        }
        Report report = report(validation);
        slipway.surroundings().out().print(render(report));
        slipway.surroundings().out().flush();
        if (validation.unreadable()) {
            return ExitCode.UNREADABLE_INPUT.number();
        }
        return (report.failed() ? ExitCode.VALIDATION_FAILED : ExitCode.OK).number();
    }

    /** Where a project has no undo scripts at all, each single one that is missing is no news. */
    private Set<String> silent(List<Named> files) {
        boolean undo = files.stream().anyMatch(file -> file.flyway().kind() == MigrationFile.Kind.UNDO);
        return undo && !each ? Set.of() : Set.of("undo-missing");
    }

    private Report report(OfflineValidation validation) {
        boolean failed = validation.findings().stream().anyMatch(finding -> switch (failOn) {
            case ERROR -> finding.severity() == Severity.ERROR;
            case WARNING -> finding.severity() != Severity.INFO;
            case NEVER -> false;
        });
        return new Report(
                VersionSource.version(),
                validation.findings(),
                validation.silenced(),
                validation.sources(),
                validation.statements(),
                validation.unanalysed(),
                failed);
    }

    private String render(Report report) {
        Format chosen = format == null ? slipway.json() ? Format.JSON : Format.TERMINAL : format;
        return chosen == Format.TERMINAL
                ? new TerminalFormat(slipway.surroundings().colours()).render(report)
                : chosen.render(report);
    }

    private @Nullable FlywayVersion version() {
        if (since == null) {
            return null;
        }
        return FlywayVersion.of(since)
                .orElseThrow(() -> CommandFailed.usage(
                        "'%s' is no version.".formatted(since), "Digits, with dots between them, such as 4.2."));
    }

    private @Nullable String schemaText(Path directory) {
        if (schema == null) {
            return null;
        }
        return switch (ScriptText.read(directory.resolve(schema), schema.toString())) {
            case ScriptText.Readable readable -> readable.sql();
            case ScriptText.Unreadable unreadable ->
                throw ScriptFiles.unreadable(unreadable.finding().message());
        };
    }
}
