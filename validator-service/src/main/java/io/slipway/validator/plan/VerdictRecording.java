package io.slipway.validator.plan;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.contracts.Verdict;
import io.slipway.contracts.event.RunFact;
import io.slipway.contracts.event.ValidationFailed;
import io.slipway.contracts.event.ValidationPassed;
import io.slipway.eventing.outbox.Outbox;
import io.slipway.validator.verdict.Excerpts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Records a verdict and publishes it, in one transaction; a second verdict on the same plan changes and says nothing. */
@ApplicationScoped
class VerdictRecording {
    private static final Logger LOG = Logger.getLogger(VerdictRecording.class);

    /** The metric's tag. */
    private enum Outcome {
        PASSED,
        FAILED
    }

    private final PlannedRunStore runs;
    private final Excerpts excerpts;
    private final Outbox outbox;
    private final MeterRegistry metrics;

    VerdictRecording(PlannedRunStore runs, Excerpts excerpts, Outbox outbox, MeterRegistry metrics) {
        this.runs = runs;
        this.excerpts = excerpts;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    void record(PlannedRun run, Verdict verdict) {
        boolean first = QuarkusTransaction.joiningExisting().call(() -> {
            if (!runs.decide(run, excerpts.kept(verdict))) {
                return false;
            }
            outbox.publish(fact(run, excerpts.told(run.runId(), run.plan().digest(), verdict)));
            return true;
        });
        if (first) {
            Outcome outcome = verdict.passes() ? Outcome.PASSED : Outcome.FAILED;
            metrics.counter("slipway.plan.validated", "outcome", outcome.name()).increment();
            LOG.infof(
                    "Plan validated: runId=%s target=%s outcome=%s risk=%s findings=%d statements=%d",
                    run.runId(),
                    run.target(),
                    outcome.name().toLowerCase(Locale.ROOT),
                    verdict.risk(),
                    verdict.findings().size(),
                    verdict.statements());
        }
    }

    private static RunFact fact(PlannedRun run, Verdict verdict) {
        return verdict.passes()
                ? new ValidationPassed(run.runId(), run.target(), run.plan().digest(), verdict)
                : new ValidationFailed(run.runId(), run.target(), run.plan().digest(), verdict);
    }
}
