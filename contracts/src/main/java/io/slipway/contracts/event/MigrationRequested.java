package io.slipway.contracts.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.slipway.contracts.FlywaySettings;
import io.slipway.contracts.MigrationVersion;
import io.slipway.contracts.Required;
import io.slipway.contracts.ScriptSource;
import io.slipway.contracts.TargetId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks to bring a target to a version.
 *
 * @param toVersion absent means the latest
 * @param count how many pending versions to apply, 1 to 1000; not beside {@code toVersion}
 * @param settings absent means Flyway's defaults
 * @param dryRun plan and validate, then stop
 * @param force skips what policy lets a person skip; never the digest, the history or a backup of something irreversible
 * @param changeReference the ticket or change that this belongs to
 * @param environment what the sender takes the target for; a target of another environment is refused
 * @param expiresAt when a run that has not been released by then is given up
 * @param resume whether a script without a transaction that failed half-way goes on at the statement that failed
 */
public record MigrationRequested(
        TargetId target,
        ScriptSource scripts,
        @Nullable MigrationVersion toVersion,
        @Nullable Integer count,
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
    private static final int MAX_COUNT = 1_000;

    public MigrationRequested {
        Required.present("target", target);
        Required.present("scripts", scripts);
        Required.text("requestedBy", requestedBy, 200);
        Required.text("reason", reason, 2000);
        if (settings == null) {
            settings = FlywaySettings.DEFAULTS;
        }
        if (count != null && (count < 1 || count > MAX_COUNT)) {
            throw new IllegalArgumentException("'count' must be 1 to %d, but is %d.".formatted(MAX_COUNT, count));
        }
        if (count != null && toVersion != null) {
            throw new IllegalArgumentException(
                    "'toVersion' is %s and 'count' is %d: give one of them.".formatted(toVersion, count));
        }
    }

    /** The same, asked to go on with a script that failed half-way. */
    public MigrationRequested resumed() {
        return new MigrationRequested(
                target,
                scripts,
                toVersion,
                count,
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
    public MigrationRequested(
            TargetId target,
            ScriptSource scripts,
            @Nullable MigrationVersion toVersion,
            FlywaySettings settings,
            boolean dryRun,
            boolean force,
            String requestedBy,
            String reason,
            @Nullable String changeReference) {
        this(
                target,
                scripts,
                toVersion,
                null,
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
