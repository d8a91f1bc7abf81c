package io.slipway.contracts.event;

import io.slipway.contracts.Required;
import io.slipway.contracts.TargetId;
import org.jspecify.annotations.Nullable;

/** Asks for a backup of a target outside of any migration. */
public record BackupRequested(
        TargetId target,
        String requestedBy,
        String reason,
        @Nullable String changeReference) implements Request {
    public BackupRequested {
        Required.present("target", target);
        Required.text("requestedBy", requestedBy, 200);
        Required.text("reason", reason, 2000);
    }
}
