package io.slipway.backup.release;

import io.slipway.backup.BackupConfig;
import io.slipway.backup.catalogue.Retention;
import io.slipway.backup.dump.DumpOutcome.Dumped;
import io.slipway.backup.dump.DumpOutcome.Refused;
import io.slipway.backup.dump.Dumps;
import io.slipway.contracts.Failure;
import io.slipway.eventing.Lost;
import io.slipway.eventing.task.DurableTask;
import io.slipway.targets.Target;
import io.slipway.targets.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Backs one released run up. */
@ApplicationScoped
class BackupTask implements DurableTask {
    private static final Logger LOG = Logger.getLogger(BackupTask.class);

    private final BackupConfig config;
    private final Targets targets;
    private final ReleaseStore releases;
    private final Dumps dumps;
    private final Settlement settlement;
    private final Retention retention;

    BackupTask(
            BackupConfig config,
            Targets targets,
            ReleaseStore releases,
            Dumps dumps,
            Settlement settlement,
            Retention retention) {
        this.config = config;
        this.targets = targets;
        this.releases = releases;
        this.dumps = dumps;
        this.settlement = settlement;
        this.retention = retention;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public int maxAttempts() {
        return config.attempts();
    }

    @Override
    public void run(String id) throws Exception {
        Optional<Release> release = releases.unsettled(id);
        if (release.isEmpty()) {
            return;
        }
        Optional<Target> target = targets.find(release.get().target());
        if (target.isEmpty()) {
            settlement.failed(release.get(), unknown(release.get()));
            return;
        }
        Optional<String> skipped = BackupPolicy.skipped(
                config,
                release.get().backup(),
                target.get().id().name(),
                target.get().environment());
        if (skipped.isPresent()) {
            settlement.skipped(release.get(), skipped.get());
            return;
        }
        switch (dumps.take(target.get(), id)) {
            case Dumped dumped -> completed(release.get(), target.get(), dumped);
            case Refused refused -> refused(release.get(), refused);
        }
    }

    @Override
    public void giveUp(String id, Exception last) {
        try {
            Optional<Release> release = releases.unsettled(id);
            if (release.isPresent()) {
                settlement.failed(release.get(), BackupAttemptFailed.failureOf(last));
            }
        } catch (SQLException e) {
            throw new Lost("The backup %s cannot be given up now.".formatted(id), e);
        }
    }

    private void completed(Release release, Target target, Dumped dumped) throws Exception {
        settlement.completed(release, dumped);
        try {
            settlement.removeStrays(release, dumps.complete(target, release.id()));
            retention.apply(release.target(), Instant.now());
        } catch (Exception e) {
            // The backup is made and announced; what was not cleaned now is cleaned after the next one.
            LOG.warnf(e, "Old dumps were not all removed: target=%s", release.target());
        }
    }

    private void refused(Release release, Refused refused) throws BackupAttemptFailed {
        LOG.warnf(
                "Backup attempt failed: runId=%s target=%s code=%s: %s",
                release.runId(),
                release.target(),
                refused.failure().code(),
                refused.failure().message());
        if (!refused.lasting()) {
            throw new BackupAttemptFailed(refused.failure());
        }
        settlement.failed(release, refused.failure());
    }

    private static Failure unknown(Release release) {
        return Failure.of(
                "TARGET_UNKNOWN",
                "The backup service knows no target '%s'.".formatted(release.target()),
                "Configure the same targets for every service.");
    }
}
