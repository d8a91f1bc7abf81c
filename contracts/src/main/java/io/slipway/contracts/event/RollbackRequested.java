package io.slipway.contracts.event;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.Required;
import io.slipway.contracts.Revision;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.TargetId;
import org.jspecify.annotations.Nullable;

/**
 * Asks to take applied versions back.
 *
 * @param scripts where the undo scripts are; absent means those of the plans that applied the versions
 * @param settings absent means Flyway's defaults
 */
public record RollbackRequested(
        TargetId target,
        Revision revision,
        @Nullable ScriptSource scripts,
        FlywaySettings settings,
        boolean dryRun,
        boolean force,
        String requestedBy,
        String reason,
        @Nullable String changeReference)
        implements Request {
    public RollbackRequested {
        Required.present("target", target);
        Required.present("revision", revision);
        Required.text("requestedBy", requestedBy, 200);
        Required.text("reason", reason, 2000);
        if (settings == null) {
            settings = FlywaySettings.DEFAULTS;
        }
    }
}
