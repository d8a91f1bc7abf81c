package io.slipway.contracts.event;

import io.slipway.contracts.Required;
import io.slipway.contracts.TargetId;
import org.jspecify.annotations.Nullable;

/**
 * Asks to bring a target back to a backup.
 *
 * @param sha256 which backup, by the checksum that its event states
 */
public record RestoreRequested(
        TargetId target,
        String sha256,
        String requestedBy,
        String reason,
        @Nullable String changeReference) implements Request {
    public RestoreRequested {
        Required.present("target", target);
        Required.text("requestedBy", requestedBy, 200);
        Required.text("reason", reason, 2000);
        Required.text("sha256", sha256, 64);
    }
}
