package io.slipway.targets.pool;

import io.agroal.api.AgroalDataSourceListener;
import io.slipway.contracts.TargetId;
import java.sql.Connection;
import org.jboss.logging.Logger;

/** Tells of what happens in a pool that people should know. */
final class PoolLog implements AgroalDataSourceListener {
    private static final Logger LOG = Logger.getLogger(PoolLog.class);

    private final TargetId target;
    private final String pool;

    PoolLog(TargetId target, String pool) {
        this.target = target;
        this.pool = pool;
    }

    @Override
    public void onConnectionLeak(Connection connection, Thread thread) {
        LOG.warnf(
                "A connection is in use for longer than the leak detection allows: target=%s pool=%s thread=%s",
                target, pool, thread == null ? "ended" : thread.getName());
    }

    @Override
    public void onConnectionInvalid(Connection connection) {
        LOG.infof("A broken connection was replaced: target=%s pool=%s", target, pool);
    }

    @Override
    public void onWarning(String message) {
        LOG.warnf("%s: target=%s pool=%s", message, target, pool);
    }

    /** Connect failures come here too, and the caller reports them; so only in detail. */
    @Override
    public void onWarning(Throwable throwable) {
        LOG.debugf(throwable, "Pool warning: target=%s pool=%s", target, pool);
    }
}
