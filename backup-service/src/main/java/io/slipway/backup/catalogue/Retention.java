package io.slipway.backup.catalogue;

import io.slipway.backup.BackupConfig;
import io.slipway.contracts.TargetId;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Lets the dumps of a target go that have outlived their use. */
@ApplicationScoped
public class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    /** What one pass looks at; a lowered count is worked off over several passes. */
    private static final int MAX_PER_PASS = 500;

    private final BackupConfig config;
    private final CatalogueStore catalogue;
    private final RetentionPolicy policy;

    Retention(BackupConfig config, CatalogueStore catalogue) {
        this.config = config;
        this.catalogue = catalogue;
        this.policy = new RetentionPolicy(config.keep().count(), config.keep().age());
    }

    /** A dump that cannot be deleted stays in the catalogue and is tried again after the next backup. */
    public void apply(TargetId target, Instant now) throws SQLException {
        for (CataloguedBackup backup : policy.outlived(catalogue.present(target, MAX_PER_PASS), now)) {
            try {
                // The file first: after a crash in between, the next pass finds no file and completes the row.
                Files.deleteIfExists(file(backup));
                catalogue.removed(backup, now);
                LOG.infof("Dump removed: target=%s location=%s", target, backup.location());
            } catch (IOException e) {
                LOG.warnf("Dump not removed: target=%s location=%s: %s", target, backup.location(), e.getMessage());
            }
        }
    }

    /** The catalogue is data: a row that leads out of the backup directory must not delete anything there. */
    private Path file(CataloguedBackup backup) throws IOException {
        Path folder = config.directory().toAbsolutePath().normalize();
        Path file = Path.of(URI.create(backup.location())).normalize();
        if (!file.startsWith(folder) || !file.toString().endsWith(".dump")) {
            throw new IOException("'%s' is no dump below the backup directory '%s'.".formatted(file, folder));
        }
        return file;
    }
}
