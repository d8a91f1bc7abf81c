/** Slipway beside plain Flyway: the same scripts give the same schema and history, and each goes on where the other was. */
@NullMarked
package io.slipway.acceptance.flyway;

import org.jspecify.annotations.NullMarked;
