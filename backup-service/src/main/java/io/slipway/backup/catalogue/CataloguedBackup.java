package io.slipway.backup.catalogue;

import io.slipway.contracts.RunId;
import io.slipway.contracts.TargetId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dump in the catalogue.
 *
 * @param id names the run and its plan; also part of the file's name
 * @param location of the file, as a URI
 * @param entries how many entries {@code pg_restore --list} showed
 * @param verified when it was read back
 * @param removed when the file was let go, absent while it is there
 */
public record CataloguedBackup(
        String id,
        RunId runId,
        TargetId target,
        String location,
        long sizeBytes,
        String sha256,
        int entries,
        String tool,
        Instant started,
        Instant finished,
        Instant verified,
        @Nullable Instant removed) {}
