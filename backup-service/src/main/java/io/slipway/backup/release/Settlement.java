package io.slipway.backup.release;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.slipway.backup.catalogue.CatalogueStore;
import io.slipway.backup.catalogue.CataloguedBackup;
import io.slipway.backup.dump.DumpOutcome.Dumped;
import io.slipway.contracts.Backup;
import io.slipway.contracts.Failure;
import io.slipway.contracts.event.BackupCompleted;
import io.slipway.contracts.event.BackupFailed;
import io.slipway.contracts.event.BackupSkipped;
import io.slipway.contracts.event.RunFact;
import io.slipway.eventing.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/** Ends a release: the first attempt to get here says what came of it, in one transaction; any other says nothing. */
@ApplicationScoped
class Settlement {
    private static final Logger LOG = Logger.getLogger(Settlement.class);

    private final ReleaseStore releases;
    private final CatalogueStore catalogue;
    private final Outbox outbox;
    private final MeterRegistry metrics;

    Settlement(ReleaseStore releases, CatalogueStore catalogue, Outbox outbox, MeterRegistry metrics) {
        this.releases = releases;
        this.catalogue = catalogue;
        this.outbox = outbox;
        this.metrics = metrics;
    }

    void completed(Release release, Dumped dumped) throws IOException {
        String location = dumped.file().toUri().toString();
        Duration took = Duration.between(dumped.started(), dumped.verified());
        Backup backup =
                new Backup(location, dumped.sizeBytes(), dumped.sha256(), dumped.entries(), dumped.tool(), took);
        boolean first = once(release, "COMPLETED", () -> {
            catalogue.add(row(release, dumped, location));
            return new BackupCompleted(release.runId(), release.target(), release.plan(), backup);
        });
        if (!first) {
            // Nobody knows of this dump: it came second.
            Files.deleteIfExists(dumped.file());
            return;
        }
        metrics.counter("slipway.backup.completed").increment();
        metrics.timer("slipway.backup.duration").record(took);
        metrics.summary("slipway.backup.bytes").record(dumped.sizeBytes());
        LOG.infof(
                "Backup completed: runId=%s target=%s location=%s sizeBytes=%d entries=%d millis=%d",
                release.runId(), release.target(), location, dumped.sizeBytes(), dumped.entries(), took.toMillis());
    }

    void skipped(Release release, String why) {
        if (once(release, "SKIPPED", () -> new BackupSkipped(release.runId(), release.target(), release.plan(), why))) {
            metrics.counter("slipway.backup.skipped").increment();
        }
    }

    void failed(Release release, Failure failure) {
        if (once(
                release,
                "FAILED",
                () -> new BackupFailed(release.runId(), release.target(), release.plan(), failure))) {
            metrics.counter("slipway.backup.failed", "code", failure.code()).increment();
        }
    }

    /**
     * Deletes complete dumps of a settled release that the catalogue does not know: an attempt died between its last
     * rename and its commit. Safe only now, when no attempt of this release can settle any more.
     */
    void removeStrays(Release release, List<Path> complete) throws SQLException, IOException {
        Optional<String> known = catalogue.location(release.id());
        for (Path file : complete) {
            if (!known.equals(Optional.of(file.toUri().toString()))) {
                Files.deleteIfExists(file);
                LOG.infof("Dump of an interrupted attempt removed: runId=%s location=%s", release.runId(), file);
            }
        }
    }

    private boolean once(Release release, String outcome, Callable<RunFact> fact) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            if (!releases.settle(release.id(), outcome)) {
                return false;
            }
            outbox.publish(fact.call());
            return true;
        });
    }

    private static CataloguedBackup row(Release release, Dumped dumped, String location) {
        return new CataloguedBackup(
                release.id(),
                release.runId(),
                release.target(),
                location,
                dumped.sizeBytes(),
                dumped.sha256(),
                dumped.entries(),
                dumped.tool(),
                dumped.started(),
                dumped.finished(),
                dumped.verified(),
                null);
    }
}
