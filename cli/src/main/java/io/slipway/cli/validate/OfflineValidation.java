package io.slipway.cli.validate;

import io.slipway.cli.validate.ScriptFiles.Named;
import io.slipway.sql.analyze.Analysis;
import io.slipway.sql.analyze.AnalysisSettings;
import io.slipway.sql.analyze.PlaceholderText;
import io.slipway.sql.analyze.PlanAnalyzer;
import io.slipway.sql.analyze.Script;
import io.slipway.sql.report.Report.Silenced;
import io.slipway.sql.report.Source;
import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.FlywayVersion;
import io.slipway.sql.rule.ScriptSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files judged where they lie. */
final class OfflineValidation {
    private final AnalysisSettings settings;
    private final Map<String, String> placeholders;
    private final Map<String, PlaceholderText> texts = new HashMap<>();
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Silenced> silenced = new ArrayList<>();
    private int statements;
    private int unanalysed;
    private boolean unreadable;

    OfflineValidation(AnalysisSettings settings, Map<String, String> placeholders) {
        this.settings = settings;
        this.placeholders = placeholders;
    }

    /**
     * Judges all of them as one deployment.
     *
     * @param schema what the database holds before, as SQL
     * @param since scripts up to this version are applied already
     */
    void together(List<Named> files, @Nullable String schema, @Nullable FlywayVersion since) {
        List<Script> before = new ArrayList<>();
        if (schema != null) {
            before.add(new Script("schema", Script.Kind.OTHER, null, schema));
        }
        List<Script> pending = new ArrayList<>();
        for (Named file : files) {
            boolean applied = since != null
                    && ScriptFiles.version(file)
                            .filter(version -> version.compareTo(since) <= 0)
                            .isPresent();
            if (!applied) {
                read(file, file.flyway().kind() == io.slipway.sql.rule.MigrationFile.Kind.OTHER)
                        .ifPresent(pending::add);
            } else if (ScriptFiles.kind(file) == Script.Kind.VERSIONED
                    && ScriptText.read(file.path(), file.name()) instanceof ScriptText.Readable text) {
                before.add(script(
                        file, PlaceholderText.of(text.sql(), placeholders).sql()));
            }
        }
        judge(before, pending);
    }

    /** Judges each as a deployment of its own, whatever its name. */
    void each(List<Named> files, @Nullable String schema) {
        List<Script> before =
                schema == null ? List.of() : List.of(new Script("schema", Script.Kind.OTHER, null, schema));
        for (Named file : files) {
            read(file, true).ifPresent(script -> judge(before, List.of(script)));
        }
    }

    private void judge(List<Script> before, List<Script> scripts) {
        Analysis analysis = new PlanAnalyzer(settings).analyze(before, scripts);
        analysis.findings().forEach(finding -> findings.add(inOriginal(finding)));
        analysis.suppressed()
                .forEach(suppressed ->
                        silenced.add(new Silenced(inOriginal(suppressed.finding()), suppressed.reason())));
        statements += analysis.statements();
        unanalysed += analysis.unreadable();
    }

    private Optional<Script> read(Named file, boolean single) {
        return switch (ScriptText.read(file.path(), file.name())) {
            case ScriptText.Unreadable unreadableFile -> {
                unreadable = true;
                sources.put(file.name(), new Source(""));
                findings.add(unreadableFile.finding());
                yield Optional.empty();
            }
            case ScriptText.Readable text -> {
                sources.put(file.name(), new Source(text.sql()));
                String conf = conf(file.path());
                boolean replace = conf == null || ScriptSettings.of(conf).replacesPlaceholders();
                // A script that Flyway does not run may say ${x} and mean it, as shells do.
                boolean asWritten = !replace || single && placeholders.isEmpty();
                if (asWritten) {
                    yield Optional.of(script(file, text.sql(), single));
                }
                PlaceholderText resolved = PlaceholderText.of(text.sql(), placeholders);
                texts.put(file.name(), resolved);
                findings.addAll(resolved.unresolved(file.name()));
                yield Optional.of(script(file, resolved.sql(), single));
            }
        };
    }

    private static Script script(Named file, String sql) {
        return script(file, sql, false);
    }

    private static Script script(Named file, String sql, boolean single) {
        return new Script(
                file.name(),
                single ? Script.Kind.OTHER : ScriptFiles.kind(file),
                file.flyway().version(),
                sql,
                conf(file.path()));
    }

    private static @Nullable String conf(Path script) {
        Path conf = script.resolveSibling(script.getFileName() + ".conf");
        return Files.isRegularFile(conf)
                        && ScriptText.read(conf, conf.toString()) instanceof ScriptText.Readable readable
                ? readable.sql()
                : null;
    }

    private Finding inOriginal(Finding finding) {
        PlaceholderText text = texts.get(finding.script());
        return text == null ? finding : text.inOriginal(finding);
    }

    List<Finding> findings() {
        List<String> order = List.copyOf(sources.keySet());
        Map<String, Integer> rank = new HashMap<>();
        order.forEach(name -> rank.put(name, rank.size()));
        return findings.stream()
                .sorted(java.util.Comparator.<Finding>comparingInt(finding -> rank.getOrDefault(finding.script(), 0))
                        .thenComparingInt(Finding::line)
                        .thenComparingInt(Finding::column))
                .toList();
    }

    List<Silenced> silenced() {
        return silenced;
    }

    Map<String, Source> sources() {
        return sources;
    }

    int statements() {
        return statements;
    }

    int unanalysed() {
        return unanalysed;
    }

    /** Whether a file could not be looked at. */
    boolean unreadable() {
        return unreadable;
    }
}
