package io.slipway.planner.plan;

import io.slipway.contracts.ScriptFile;
import org.jspecify.annotations.Nullable;

/**
 * How an applied version is undone.
 *
 * @param checksum of the migration that it undoes, as it was applied
 */
record WayBack(ScriptFile script, @Nullable Integer checksum) {}
