package io.slipway.cli.run;

import io.slipway.contracts.Blocker;
import io.slipway.contracts.Finding;
import io.slipway.contracts.Verdict;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is worth saying beside the name of a state, in half a line. */
final class StateLine {
    private StateLine() {}

    static String detail(RunView run) {
        RunView.Content content = run.content();
        return switch (run.state()) {
            case "QUEUED" -> content.behind() == null ? "" : "behind run " + content.behind();
            case "VALIDATING" -> plan(run);
            case "HELD" -> held(content.hold());
            case "RELEASED" -> verdict(content.verdict());
            case "RUNNING" -> progress(content.progress());
            default -> "";
        };
    }

    private static String plan(RunView run) {
        RunView.Planned plan = run.content().plan();
        if (plan == null) {
            return "";
        }
        String from = plan.currentVersion() == null ? "an empty history" : "version " + plan.currentVersion();
        return "%s from %s".formatted(count(plan.scripts().size(), "script"), from);
    }

    private static String held(RunView.@Nullable Held hold) {
        if (hold == null) {
            return "";
        }
        String until = hold.until() == null ? "" : " until " + hold.until();
        return "waits for %s%s%s"
                .formatted(
                        hold.reason().toLowerCase(Locale.ROOT),
                        until,
                        hold.detail() == null ? "" : ": " + hold.detail());
    }

    static String verdict(@Nullable Verdict verdict) {
        if (verdict == null) {
            return "";
        }
        return "%s, %s; risk %s, way back %s"
                .formatted(
                        count(findings(verdict, Finding.Severity.ERROR), "error"),
                        count(findings(verdict, Finding.Severity.WARNING), "warning"),
                        verdict.risk(),
                        verdict.reversibility());
    }

    private static String progress(RunView.@Nullable Progress progress) {
        if (progress == null || progress.script() == null) {
            return "";
        }
        return "%s (%d of %d), %s"
                .formatted(progress.script(), progress.scriptIndex(), progress.scripts(), doing(progress));
    }

    private static String doing(RunView.Progress progress) {
        if (progress.waited() != null) {
            return "waits for a lock%s for %d s"
                    .formatted(holders(progress.blockedBy()), progress.waited().toSeconds());
        }
        String done = done(progress);
        String percent = progress.percent() == null ? "" : " %d %%".formatted(progress.percent());
        return progress.phase() == null ? done : "%s, %s%s".formatted(done, progress.phase(), percent);
    }

    private static String done(RunView.Progress progress) {
        if (progress.batches() != null && progress.rows() != null) {
            return "%s, %s"
                    .formatted(
                            progress.batches() == 1 ? "1 batch" : progress.batches() + " batches",
                            count(progress.rows(), "row"));
        }
        return progress.statements() == null
                ? count(progress.statementsDone(), "statement")
                : "%d of %s".formatted(progress.statementsDone(), count(progress.statements(), "statement"));
    }

    private static String holders(@Nullable List<Blocker> blockers) {
        if (blockers == null || blockers.isEmpty()) {
            return "";
        }
        Blocker first = blockers.getFirst();
        String name = first.application().isBlank() ? first.user() : first.application();
        String others = blockers.size() == 1 ? "" : " and %d more".formatted(blockers.size() - 1);
        return " held by pid %d (%s)%s".formatted(first.pid(), name, others);
    }

    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static long findings(Verdict verdict, Finding.Severity severity) {
        return verdict.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
