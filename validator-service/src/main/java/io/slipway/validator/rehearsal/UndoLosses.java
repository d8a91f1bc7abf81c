package io.slipway.validator.rehearsal;

import io.slipway.sql.analyze.ExplainedStatement;
import io.slipway.sql.analyze.Explainer;
import io.slipway.sql.analyze.PlanAnalyzer;
import io.slipway.sql.analyze.Script;
import io.slipway.sql.effect.Loss;
import io.slipway.sql.effect.RowsTouched;
import io.slipway.sql.rule.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says what a derived undo script does not bring back, what it takes with it, and what it fails on. */
final class UndoLosses {
    /** Enough to see what kind of plan it is. */
    private static final int MOST = 20;

    /** On a copy without rows it would pass. */
    private static final Set<String> FAILS_ON_ROWS = Set.of("add-required-column");

    private static final Explainer EXPLAINER = new Explainer(Environment.UNKNOWN);

    private UndoLosses() {}

    /** @param earlier scripts of the plan: what they have made is not the target's yet */
    static List<String> of(List<TrialScript> earlier, TrialScript script, TrialScript undo) {
        List<Script> before =
                new ArrayList<>(earlier.stream().map(UndoLosses::script).toList());
        List<String> losses = new ArrayList<>();
        EXPLAINER.explain(before, List.of(script(script))).forEach(statement -> notBroughtBack(statement, losses));
        before.add(script(script));
        EXPLAINER.explain(before, List.of(script(undo))).forEach(statement -> taken(statement, losses));
        new PlanAnalyzer()
                .analyzeUndo(List.of(new Script(undo.name(), Script.Kind.UNDO, null, undo.sql()))).findings().stream()
                        .filter(finding -> FAILS_ON_ROWS.contains(finding.ruleId()))
                        .forEach(finding -> losses.add(finding.message()));
        return losses.stream().distinct().limit(MOST).toList();
    }

    private static void notBroughtBack(ExplainedStatement statement, List<String> losses) {
        String place = "line %d of %s".formatted(statement.line(), statement.script());
        List<Loss> lost = statement.effects().losses();
        lost.forEach(loss -> {
            switch (loss.kind()) {
                case DATA -> losses.add("Not brought back: what was in %s (%s).".formatted(loss.object(), place));
                case FORMER_VALUES -> losses.add("Not changed back: %s (%s).".formatted(loss.object(), place));
                case PRECISION ->
                    losses.add("Not brought back: the precision of %s (%s).".formatted(loss.object(), place));
                case DEFINITION -> {}
            }
        });
        if (lost.isEmpty() && statement.effects().rows() != RowsTouched.NONE) {
            losses.add("Not taken back: the rows that %s writes.".formatted(place));
        }
        statement.effects().unknowns().stream()
                .map(unknown -> "Not known at %s: %s".formatted(place, unknown))
                .forEach(losses::add);
    }

    private static void taken(ExplainedStatement statement, List<String> losses) {
        statement.effects().losses().stream()
                .filter(loss -> loss.kind() == Loss.Kind.DATA)
                .map(loss -> "Lost with it: what is in %s by then.".formatted(loss.object()))
                .forEach(losses::add);
    }

    private static Script script(TrialScript script) {
        return new Script(script.name(), Script.Kind.VERSIONED, null, script.sql());
    }
}
