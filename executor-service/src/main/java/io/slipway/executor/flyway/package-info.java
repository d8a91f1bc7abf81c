/**
 * Flyway as the executor uses it: configured for exactly the scripts of one plan, and opened from inside for what its
 * commands do not offer.
 */
@NullMarked
package io.slipway.executor.flyway;

import org.jspecify.annotations.NullMarked;
