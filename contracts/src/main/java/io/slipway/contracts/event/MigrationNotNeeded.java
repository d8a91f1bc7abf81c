package io.slipway.contracts.event;

import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Required;
import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import org.jspecify.annotations.Nullable;

/** The end of a run whose target was there already. */
public record MigrationNotNeeded(
        RunId runId, TargetId target, @Nullable MigrationVersion currentVersion) implements RunEnded {
    public MigrationNotNeeded {
        Required.present("runId", runId);
        Required.present("target", target);
    }
}
