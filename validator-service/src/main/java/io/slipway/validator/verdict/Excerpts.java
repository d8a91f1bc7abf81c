package io.slipway.validator.verdict;

import io.quarkus.runtime.Startup;
import io.slipway.contracts.PlanDigest;
import io.slipway.contracts.RunId;
import io.slipway.contracts.Verdict;
import io.slipway.validator.ValidatorConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** How much of a verdict goes where: a little travels in the event, nearly all of it stays here to be read over HTTP. */
@Startup
@ApplicationScoped
public class Excerpts {
    private final FindingBound told;
    private final FindingBound kept;
    private final String address;

    /** Wrong settings stop the service here, at its start. */
    Excerpts(ValidatorConfig config) {
        this.told = new FindingBound(config.maxFindings());
        this.kept = new FindingBound(config.maxKeptFindings());
        this.address = config.publicUrl().map(URI::toString).orElse("").replaceFirst("/+$", "");
        if (told.max() > kept.max()) {
            throw new IllegalArgumentException(
                    "slipway.validator.max-kept-findings is %d, but must be at least slipway.validator.max-findings, %d."
                            .formatted(kept.max(), told.max()));
        }
    }

    /** What stays here. */
    public Verdict kept(Verdict whole) {
        return whole.excerpt(
                kept.apply(whole.findings(), "Nobody has them: slipway.validator.max-kept-findings is the limit."),
                null);
    }

    /** What is published. The link names the plan, since a run that is planned anew gets another verdict. */
    public Verdict told(RunId run, PlanDigest plan, Verdict whole) {
        String link = "%s/api/v1/runs/%s/verdict?plan=%s".formatted(address, run, plan);
        return whole.excerpt(
                told.apply(whole.findings(), "GET %s of the validator has all of them.".formatted(link)),
                whole.findings().size() > told.max() ? link : null);
    }
}
