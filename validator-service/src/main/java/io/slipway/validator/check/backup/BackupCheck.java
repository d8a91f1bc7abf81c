package io.slipway.validator.check.backup;

import io.slipway.contracts.TargetId;
import io.slipway.validator.check.outcome.Judgement;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import org.jboss.logging.Logger;

/** The check of what there will be to go back to. */
@ApplicationScoped
public class BackupCheck {
    private static final Logger LOG = Logger.getLogger(BackupCheck.class);

    private final BackupStore store;

    BackupCheck(BackupStore store) {
        this.store = store;
    }

    /** @param limit in seconds */
    public Judgement judge(TargetId target, long limit) {
        try {
            return BackupPolicy.judge(store.heard(target), Instant.now(), limit);
        } catch (SQLException e) {
            LOG.warnf(e, "What was heard of backups cannot be read: target=%s", target);
            return Judgement.unknown(
                    "What was heard of the backups of this target cannot be read from the control-plane database.",
                    "Look at that database, and ask again.");
        }
    }
}
