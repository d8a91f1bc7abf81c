package io.slipway.contracts.event;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.StateLeft;
import io.slipway.contracts.TargetId;
import java.time.Duration;

/** The end of a restore that did not succeed. */
public record RestoreFailed(RunId runId, TargetId target, Failure failure, StateLeft stateLeft, Duration took)
        implements RunEnded {
    public RestoreFailed {
        Required.present("runId", runId);
        Required.present("target", target);
        Required.present("failure", failure);
        Required.present("stateLeft", stateLeft);
        Required.present("took", took);
    }
}
