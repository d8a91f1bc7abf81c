/**
 * Which databases Slipway migrates: read from configuration, checked as a whole at start-up, never printed with a
 * password. Connections to them are in {@link io.slipway.targets.pool}, Flyway over one of them in {@link
 * io.slipway.targets.flyway}.
 */
@NullMarked
package io.slipway.targets;

import org.jspecify.annotations.NullMarked;
