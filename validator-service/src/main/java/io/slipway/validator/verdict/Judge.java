package io.slipway.validator.verdict;

import io.slipway.contracts.Finding;
import io.slipway.contracts.Plan;
import io.slipway.contracts.PreMigrationCheck;
import io.slipway.contracts.TargetId;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.Verdict.Reversibility;
import io.slipway.targets.Targets;
import io.slipway.validator.ValidatorConfig;
import io.slipway.validator.check.TargetChecks;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Judges plans. */
@ApplicationScoped
public class Judge {
    private final Targets targets;
    private final TargetChecks checks;
    private final FindingBound bound;

    Judge(Targets targets, TargetChecks checks, ValidatorConfig config) {
        this.targets = targets;
        this.checks = checks;
        this.bound = new FindingBound(config.maxFindings());
    }

    /** The scripts are read while the target is asked. */
    public Verdict judge(TargetId target, Plan plan) throws InterruptedException, ExecutionException {
        if (!plan.intact()) {
            return refused(Findings.digestMismatch());
        }
        PlanText text = PlanText.of(plan, user(target), Instant.now());
        FutureTask<List<PreMigrationCheck>> looking =
                new FutureTask<>(() -> checks.look(target, plan, text.footprint()));
        Thread looker = Thread.ofVirtual().name("target-checks").start(looking);
        try {
            PlanReading reading = PlanReading.of(plan, text);
            return new Verdict(
                    bound.apply(reading.findings()),
                    looking.get(),
                    RiskPolicy.of(reading.findings()),
                    reading.reversibility(),
                    reading.statements(),
                    reading.unreadable());
        } finally {
            looker.interrupt();
        }
    }

    /** For a plan that the validator itself fails on. */
    public Verdict notJudged(String why) {
        return refused(Findings.notJudged(why));
    }

    private static Verdict refused(Finding finding) {
        List<Finding> findings = List.of(finding);
        return new Verdict(findings, List.of(), RiskPolicy.of(findings), Reversibility.RED, 0, 0);
    }

    private String user(TargetId target) {
        return targets.find(target).map(found -> found.connection().username()).orElse("unknown");
    }
}
