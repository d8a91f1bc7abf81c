package io.slipway.planner.plan;

import io.slipway.contracts.Derivation;
import io.slipway.contracts.ScriptFile;
import org.jspecify.annotations.Nullable;

/**
 * How an applied version is undone.
 *
 * @param conf the text of the {@code .sql.conf} beside it
 * @param checksum of the migration that it undoes, as it was applied
 * @param derived where it comes from, if nobody wrote it
 */
record WayBack(
        ScriptFile script,
        @Nullable String conf,
        @Nullable Integer checksum,
        @Nullable Derivation derived) {
    /** One that people wrote. */
    WayBack(ScriptFile script, @Nullable String conf, @Nullable Integer checksum) {
        this(script, conf, checksum, null);
    }
}
