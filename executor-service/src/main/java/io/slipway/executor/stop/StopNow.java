package io.slipway.executor.stop;

import io.slipway.contracts.RunId;
import io.slipway.eventing.Lost;
import io.slipway.executor.order.Order;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Cancels the statement of an execution when someone asked to stop it at once; what then follows is up to the thread that
 * executes. Belongs to the thread that watches it.
 */
public final class StopNow {
    private static final Logger LOG = Logger.getLogger(StopNow.class);

    /** Only while the session works on the run: its connection goes back to a pool. */
    private static final String CANCEL = """
            select pg_cancel_backend(pid) from pg_stat_activity
             where pid = ? and application_name = ? and state = 'active'
            """;

    private final Stops stops;
    private final RunId run;

    public StopNow(Stops stops, RunId run) {
        this.stops = stops;
        this.run = run;
    }

    /**
     * Looks whether the run is to stop at once; to be called again, since what was cancelled may have been over already.
     *
     * @param session the process id of the session that executes
     */
    public void look(DataSource target, int session) {
        try {
            if (stops.lately(run).filter(Order.Stop::now).isPresent()) {
                cancel(target, session);
            }
        } catch (Lost | SQLException e) {
            LOG.warnf(e, "Whether the run is to stop at once could not be seen to; it is tried again: runId=%s", run);
        }
    }

    private void cancel(DataSource target, int session) throws SQLException {
        try (Connection connection = target.getConnection();
                PreparedStatement select = connection.prepareStatement(CANCEL)) {
            select.setInt(1, session);
            select.setString(2, "slipway/" + run);
            select.executeQuery().close();
        }
    }
}
