package io.slipway.planner.gate;

import io.slipway.contracts.Failure;
import io.slipway.contracts.Hold;
import io.slipway.contracts.event.RunReleased.Backup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gates say to a validated run. */
public sealed interface Gate {
    /**
     * It may go.
     *
     * @param skipped what {@code force}, or a foreseen rollback, passed over, by name
     * @param approvedBy whose approvals it has
     * @param backup what policy says of its backup
     */
    record Open(
            List<String> skipped,
            List<String> approvedBy,
            @Nullable Backup backup) implements Gate {
        public Open {
            skipped = List.copyOf(skipped);
            approvedBy = List.copyOf(approvedBy);
        }
    }

    /** It has to wait. */
    record Shut(Hold hold) implements Gate {}

    /** It will never go; nothing that may still happen would change that. */
    record Refused(Failure failure) implements Gate {}
}
