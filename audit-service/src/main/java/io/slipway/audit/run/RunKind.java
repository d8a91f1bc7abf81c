package io.slipway.audit.run;

import io.slipway.contracts.Plan;
import io.slipway.contracts.cloudevents.EventTypes;
import io.slipway.contracts.event.ApprovalGiven;
import io.slipway.contracts.event.BackupRequested;
import io.slipway.contracts.event.CancellationRequested;
import io.slipway.contracts.event.MigrationRequested;
import io.slipway.contracts.event.RestoreRequested;
import io.slipway.contracts.event.RollbackRequested;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was wanted. The last two are about another run: they are listed only when they were rejected. */
public enum RunKind {
    MIGRATION,
    ROLLBACK,
    RESTORE,
    BACKUP,
    APPROVAL,
    CANCELLATION;

    private static final Map<String, RunKind> BY_REQUEST = Map.of(
            EventTypes.nameOf(MigrationRequested.class), MIGRATION,
            EventTypes.nameOf(RollbackRequested.class), ROLLBACK,
            EventTypes.nameOf(RestoreRequested.class), RESTORE,
            EventTypes.nameOf(BackupRequested.class), BACKUP,
            EventTypes.nameOf(ApprovalGiven.class), APPROVAL,
            EventTypes.nameOf(CancellationRequested.class), CANCELLATION);

    static RunKind of(Plan.Kind kind) {
        return switch (kind) {
            case MIGRATION -> MIGRATION;
            case ROLLBACK -> ROLLBACK;
        };
    }

    /** Absent for a type of request that this version does not know. */
    static @Nullable RunKind ofRequest(String eventType) {
        return BY_REQUEST.get(eventType);
    }
}
