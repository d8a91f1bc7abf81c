package io.slipway.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.Required;
import io.slipway.contracts.Revision;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.TargetId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks to take applied versions back.
 *
 * @param scripts where the undo scripts are; absent means those of the plans that applied the versions
 * @param settings absent means Flyway's defaults
 * @param environment what the sender takes the target for; a target of another environment is refused
 * @param expiresAt when a run that has not been released by then is given up
 * @param resume whether an undo script without a transaction that failed half-way goes on at the statement that failed
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
        @Nullable String changeReference,
        @Nullable String environment,
        @Nullable Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean resume)
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

    /** The same, asked to go on with an undo script that failed half-way. */
    public RollbackRequested resumed() {
        return new RollbackRequested(
                target,
                revision,
                scripts,
                settings,
                dryRun,
                force,
                requestedBy,
                reason,
                changeReference,
                environment,
                expiresAt,
                true);
    }

    /** One without the optional bounds. */
    public RollbackRequested(
            TargetId target,
            Revision revision,
            @Nullable ScriptSource scripts,
            FlywaySettings settings,
            boolean dryRun,
            boolean force,
            String requestedBy,
            String reason,
            @Nullable String changeReference) {
        this(
                target,
                revision,
                scripts,
                settings,
                dryRun,
                force,
                requestedBy,
                reason,
                changeReference,
                null,
                null,
                false);
    }
}
