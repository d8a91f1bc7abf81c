package io.slipway.validator.verdict;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Plan;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.Verdict.Reversibility;
import io.slipway.targets.Target;
import io.slipway.targets.Targets;
import io.slipway.validator.check.Looked;
import io.slipway.validator.check.TargetChecks;
import io.slipway.validator.rehearsal.Predictions;
import io.slipway.validator.rehearsal.Rehearsals;
import io.slipway.validator.rehearsal.Rehearsed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges plans. */
@ApplicationScoped
public class Judge {
    private final Targets targets;
    private final TargetChecks checks;
    private final Rehearsals rehearsals;

    Judge(Targets targets, TargetChecks checks, Rehearsals rehearsals) {
        this.targets = targets;
        this.checks = checks;
        this.rehearsals = rehearsals;
    }

    /**
     * Gives a verdict with all findings, however many; see {@link Excerpts}.
     *
     * <p>The target is asked first: what the rules make of a statement depends on how its tables are, and how large.
     *
     * @param environment what the request takes the target for, where it says so
     */
    public Verdict judge(TargetId target, Plan plan, @Nullable String environment) throws InterruptedException {
        if (!plan.intact()) {
            return refused(Findings.digestMismatch());
        }
        PlanText text = PlanText.of(plan, user(target), Instant.now());
        Looked looked = checks.look(target, plan, environment, text.footprint());
        PlanReading reading = PlanReading.of(plan, text, looked);
        Optional<Rehearsed> rehearsed = rehearse(target, plan, looked.predictions());
        List<Finding> findings = new ArrayList<>(reading.findings());
        rehearsed.ifPresent(tried -> findings.addAll(tried.findings()));
        return new Verdict(
                findings,
                looked.checks(),
                RiskPolicy.of(findings),
                RiskPolicy.reason(findings),
                reading.reversibility(),
                reading.statements(),
                reading.unreadable(),
                looked.locks(),
                rehearsed.map(Rehearsed::rehearsal).orElse(null));
    }

    /** For a plan that the validator itself fails on. */
    public Verdict notJudged(String why) {
        return refused(Findings.notJudged(why));
    }

    private static Verdict refused(Finding finding) {
        List<Finding> findings = List.of(finding);
        return new Verdict(
                findings,
                List.of(),
                RiskPolicy.of(findings),
                finding.message(),
                Reversibility.RED,
                0,
                0,
                List.of(),
                null);
    }

    private Optional<Rehearsed> rehearse(TargetId target, Plan plan, Predictions predictions)
            throws InterruptedException {
        Optional<Target> known = targets.find(target);
        return known.isEmpty() ? Optional.empty() : Optional.of(rehearsals.rehearse(known.get(), plan, predictions));
    }

    private String user(TargetId target) {
        return targets.find(target).map(Target::migratesAs).orElse("unknown");
    }
}
