package io.slipway.sql.analyze;

import io.slipway.sql.analyze.Analysis.Suppressed;
import io.slipway.sql.analyze.Script.Kind;
import io.slipway.sql.ast.Statement;
import io.slipway.sql.catalog.PendingObjects;
import io.slipway.sql.effect.Effects;
import io.slipway.sql.effect.Reversibility;
import io.slipway.sql.effect.ServerVersion;
import io.slipway.sql.parse.Parser;
import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.FormatRules;
import io.slipway.sql.rule.Hit;
import io.slipway.sql.rule.Rule;
import io.slipway.sql.rule.Rules;
import io.slipway.sql.rule.Severity;
import io.slipway.sql.rule.Situation;
import io.slipway.sql.rule.Suppressions;
import io.slipway.sql.split.SplitScript;
import io.slipway.sql.split.Splitter;
import java.util.ArrayList;
import java.util.List;

/** One pass over a plan, script by script, in the order in which they run. */
final class PlanReport {
    private final PendingObjects pending;
    private final boolean undo;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Suppressed> suppressed = new ArrayList<>();
    private int statements;
    private int unreadable;
    private Reversibility reversibility = Reversibility.GREEN;
    private String reversibilityReason = "";

    PlanReport(String defaultSchema, boolean undo) {
        this.pending = new PendingObjects(defaultSchema);
        this.undo = undo;
    }

    /** A script that the plan runs. */
    void running(Script script, boolean lacksUndo) {
        SplitScript split = Splitter.split(script.sql());
        List<Statement> parsed = Parser.parse(split);
        ScriptReport report = open(script, split);
        if (lacksUndo) {
            report.add(
                    FormatRules.UNDO_MISSING,
                    "%s has no undo script.".formatted(script.name()),
                    "A rollback past this version has to be written when it is needed, or comes from a backup.");
        }
        if (script.kind() == Kind.UNDO) {
            checkUndo(script, parsed, report);
        }
        pending.startScript();
        for (int i = 0; i < parsed.size(); i++) {
            Situation situation = new Situation(pending, parsed.subList(i + 1, parsed.size()));
            examine(script, parsed.get(i), situation, report, i);
        }
        statements += parsed.size();
        close(report);
    }

    /** An undo script that lies beside a migration and does not run now. */
    void undoAtHand(Script script) {
        SplitScript split = Splitter.split(script.sql());
        List<Statement> parsed = Parser.parse(split);
        ScriptReport report = open(script, split);
        checkUndo(script, parsed, report);
        Situation situation = new Situation(pending, List.of());
        for (int i = 0; i < parsed.size(); i++) {
            apply(FormatRules.UNANALYZABLE_STATEMENT, parsed.get(i), situation, report, i);
        }
        close(report);
    }

    Analysis analysis() {
        return new Analysis(findings, suppressed, statements, unreadable, reversibility, reversibilityReason);
    }

    private static ScriptReport open(Script script, SplitScript split) {
        Suppressions suppressions = Suppressions.of(split);
        ScriptReport report = new ScriptReport(script.name(), suppressions);
        Rule rule = FormatRules.SUPPRESSION_INVALID;
        suppressions
                .invalid()
                .forEach(hit ->
                        report.add(rule, rule.severity(), hit, split.fragments().size()));
        return report;
    }

    private void close(ScriptReport report) {
        findings.addAll(report.findings());
        suppressed.addAll(report.suppressed());
    }

    private static void checkUndo(Script script, List<Statement> parsed, ScriptReport report) {
        boolean empty = parsed.stream().allMatch(Statement.TransactionControl.class::isInstance);
        if (empty) {
            report.add(
                    FormatRules.UNDO_EMPTY,
                    "The undo script %s contains no statement.".formatted(script.name()),
                    "It undoes nothing, and yet a rollback would record the migration as undone.");
        }
    }

    private void examine(Script script, Statement statement, Situation situation, ScriptReport report, int fragment) {
        for (Statement part : statement.parts()) {
            examine(script, part, situation, report, fragment);
        }
        for (Rule rule : Rules.all()) {
            apply(rule, statement, situation, report, fragment);
        }
        boolean opaque = statement instanceof Statement.AnonymousBlock block
                && !block.body().complete();
        if (statement instanceof Statement.Unreadable || opaque) {
            unreadable++;
        }
        grade(script, statement);
        pending.apply(statement);
    }

    private void apply(Rule rule, Statement statement, Situation situation, ScriptReport report, int fragment) {
        for (Hit hit : rule.check().examine(statement, situation)) {
            report.add(rule, severity(rule, hit), hit, fragment);
        }
    }

    private Severity severity(Rule rule, Hit hit) {
        boolean expected = undo
                && switch (rule.category()) {
                    case DATA_LOSS -> !rule.id().equals("drop-database");
                    case COMPATIBILITY -> true;
                    case AVAILABILITY, FORMAT -> false;
                };
        return (hit.softened() || expected) && rule.severity() == Severity.ERROR ? Severity.WARNING : rule.severity();
    }

    private void grade(Script script, Statement statement) {
        Reversibility grade =
                Effects.of(statement, pending.catalog(), ServerVersion.OLDEST).reversibility();
        if (grade.compareTo(reversibility) > 0) {
            var at = statement.span().start();
            reversibility = grade;
            reversibilityReason = "%s, line %d, column %d".formatted(script.name(), at.line(), at.column());
        }
    }
}
