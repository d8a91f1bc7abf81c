package io.slipway.sql.analyze;

import io.slipway.sql.analyze.Analysis.Suppressed;
import io.slipway.sql.analyze.Script.Kind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.Catalog;
import io.slipway.sql.catalog.PendingObjects;
import io.slipway.sql.effect.Effects;
import io.slipway.sql.effect.HeldLocks;
import io.slipway.sql.effect.Reversibility;
import io.slipway.sql.effect.ServerVersion;
import io.slipway.sql.effect.StatementEffects;
import io.slipway.sql.rule.Check;
import io.slipway.sql.rule.Deployment;
import io.slipway.sql.rule.FileHit;
import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.Hit;
import io.slipway.sql.rule.MigrationFile;
import io.slipway.sql.rule.Phrase;
import io.slipway.sql.rule.Rule;
import io.slipway.sql.rule.RulePolicy;
import io.slipway.sql.rule.Rules;
import io.slipway.sql.rule.Situation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One pass over a plan, script by script, in the order in which they run. */
final class PlanReport {
    private static final Set<String> READ = Set.of("unanalyzable-statement");
    private static final Set<String> FOLLOWED = Set.of("unanalyzable-statement", "undo-order");

    private final RulePolicy policy;
    private final List<Rule> rules;
    private final Deployment deployment;
    private final PendingObjects pending;
    private final ServerVersion version;
    private final Map<MigrationFile, ScriptReport> reports = new LinkedHashMap<>();
    private final boolean group;
    private HeldLocks held = HeldLocks.NONE;
    private int statements;
    private int unreadable;
    private Reversibility reversibility = Reversibility.GREEN;
    private String reversibilityReason = "";

    PlanReport(AnalysisSettings settings, Catalog catalog, List<Script> scripts, boolean rollback) {
        this.policy = settings.policy();
        this.group = settings.group();
        this.rules = Rules.all().stream().filter(policy::applies).toList();
        this.pending = new PendingObjects(catalog);
        this.version = new ServerVersion(settings.environment().serverVersion());
        List<MigrationFile> running = new ArrayList<>();
        List<MigrationFile> undos = new ArrayList<>();
        for (Script script : scripts) {
            MigrationFile file = ScriptReading.read(script);
            reports.put(file, new ScriptReport(file));
            (script.kind() == Kind.UNDO && !rollback ? undos : running).add(file);
        }
        this.deployment = new Deployment(running, undos, settings.environment(), rollback);
    }

    Analysis analysis() {
        deployment.files().forEach(this::run);
        rollBack();
        for (Rule rule : rules) {
            if (rule.check() instanceof Check.OfFile check) {
                deployment.files().forEach(file -> report(rule, check.examine(file, deployment)));
            } else if (rule.check() instanceof Check.OfDeployment check) {
                report(rule, check.examine(deployment));
            }
        }
        List<Finding> findings = new ArrayList<>();
        List<Suppressed> suppressed = new ArrayList<>();
        reports.values().forEach(report -> {
            report.close(policy);
            findings.addAll(report.findings());
            suppressed.addAll(report.suppressed());
        });
        return new Analysis(findings, suppressed, statements, unreadable, reversibility, reversibilityReason);
    }

    private void run(MigrationFile file) {
        pending.startScript();
        held = group ? held : HeldLocks.NONE;
        for (int i = 0; i < file.statements().size(); i++) {
            Statement statement = file.statements().get(i);
            StatementEffects effects = effects(statement);
            Situation situation = new Situation(pending, deployment, file, i, statement, effects, held);
            inWords(file.phrases().get(i), situation);
            examine(situation);
            held = held.after(statement, effects, i, file.runsInTransaction());
        }
        statements += file.statements().size();
    }

    private StatementEffects effects(Statement statement) {
        return Effects.of(statement, pending.catalog(), version);
    }

    private void inWords(Phrase phrase, Situation situation) {
        for (Rule rule : rules) {
            if (rule.check() instanceof Check.OfPhrase check) {
                report(rule, check.examine(phrase, situation), situation);
            }
        }
    }

    private void examine(Situation situation) {
        Statement statement = situation.statement();
        for (Statement part : statement.parts()) {
            Situation inside = new Situation(
                    pending, deployment, situation.file(), situation.index(), part, effects(part), situation.held());
            if (statement instanceof Statement.AnonymousBlock || statement instanceof Statement.CreateSchema) {
                inWords(Phrase.of(situation.file().text(part.span())), inside);
            }
            examine(inside);
        }
        for (Rule rule : rules) {
            if (rule.check() instanceof Check.OfStatement check) {
                report(rule, check.examine(statement, situation), situation);
            }
        }
        boolean opaque = statement instanceof Statement.AnonymousBlock block
                && !block.body().complete();
        if (statement instanceof Statement.Unreadable || opaque) {
            unreadable++;
        }
        grade(situation);
        pending.apply(statement);
    }

    /**
     * Undo scripts that lie beside the migrations and do not run now: the last migration's first, on the schema that all of
     * them leave, as far back as each has one. Those behind a gap, and those of no migration, cannot be followed.
     */
    private void rollBack() {
        Set<MigrationFile> left = new LinkedHashSet<>(deployment.undos());
        for (MigrationFile file : deployment.files().reversed()) {
            Optional<MigrationFile> undo = deployment.undoOf(file);
            if (undo.isEmpty() && file.kind() == MigrationFile.Kind.VERSIONED) {
                break;
            }
            undo.filter(left::remove).ifPresent(script -> lookAt(script, FOLLOWED));
        }
        left.forEach(script -> lookAt(script, READ));
    }

    private void lookAt(MigrationFile file, Set<String> ruleIds) {
        List<Rule> looking =
                rules.stream().filter(rule -> ruleIds.contains(rule.id())).toList();
        pending.startScript();
        for (int i = 0; i < file.statements().size(); i++) {
            Statement statement = file.statements().get(i);
            Situation situation =
                    new Situation(pending, deployment, file, i, statement, effects(statement), HeldLocks.NONE);
            looking.forEach(
                    rule -> report(rule, ((Check.OfStatement) rule.check()).examine(statement, situation), situation));
            pending.apply(statement);
        }
    }

    private void report(Rule rule, List<Hit> hits, Situation situation) {
        for (Hit hit : hits) {
            report(rule, new FileHit(situation.file(), situation.index(), hit));
        }
    }

    private void report(Rule rule, List<FileHit> hits) {
        hits.forEach(hit -> report(rule, hit));
    }

    private void report(Rule rule, FileHit found) {
        ScriptReport report = reports.get(found.file());
        if (report == null) {
            throw new IllegalStateException("Rule %s reports on %s, which is no script of this plan"
                    .formatted(rule.id(), found.file().name()));
        }
        report.add(rule, policy.severity(rule, found.hit(), deployment), found.hit(), found.statement());
    }

    private void grade(Situation situation) {
        Reversibility grade = situation.effects().reversibility();
        if (grade.compareTo(reversibility) > 0) {
            var at = situation.statement().span().start();
            reversibility = grade;
            reversibilityReason =
                    "%s, line %d, column %d".formatted(situation.file().name(), at.line(), at.column());
        }
    }
}
