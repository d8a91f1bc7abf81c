package io.slipway.targets.pool;

import io.slipway.contracts.Failure;
import io.slipway.contracts.TargetId;
import java.time.Duration;

/** Whether a target answers. */
public sealed interface Reachability {

    TargetId target();

    /**
     * It answered a query.
     * @param serverVersion such as {@code 15.15}
     * @param inRecovery a standby: it refuses writes
     */
    record Reachable(TargetId target, String serverVersion, boolean inRecovery, Duration took)
            implements Reachability {}

    /**
     * It did not.
     * @param failure names host, port and database, the reason and the way out; never credentials
     */
    record Unreachable(TargetId target, Failure failure) implements Reachability {}
}
