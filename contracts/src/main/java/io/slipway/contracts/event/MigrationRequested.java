package io.slipway.contracts.event;

import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Required;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.TargetId;
import org.jspecify.annotations.Nullable;

/**
 * Asks to bring a target to a version.
 *
 * @param toVersion absent means the latest
 * @param settings absent means Flyway's defaults
 * @param dryRun plan and validate, then stop
 * @param force skips what policy lets a person skip; never the digest, the history or a backup of something irreversible
 * @param changeReference the ticket or change that this belongs to
 */
public record MigrationRequested(
        TargetId target,
        ScriptSource scripts,
        @Nullable MigrationVersion toVersion,
        FlywaySettings settings,
        boolean dryRun,
        boolean force,
        String requestedBy,
        String reason,
        @Nullable String changeReference)
        implements Request {
    public MigrationRequested {
        Required.present("target", target);
        Required.present("scripts", scripts);
        Required.text("requestedBy", requestedBy, 200);
        Required.text("reason", reason, 2000);
        if (settings == null) {
            settings = FlywaySettings.DEFAULTS;
        }
    }
}
