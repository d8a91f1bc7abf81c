/**
 * Flyway over a target: scripts from memory, one set of settings for everybody who plans, checks or applies, and the
 * history table read as Flyway understands it.
 */
@NullMarked
package io.slipway.targets.flyway;

import org.jspecify.annotations.NullMarked;
