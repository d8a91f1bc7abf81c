/**
 * A released run on its way through this service: heard, remembered as work, backed up or not, settled with exactly one
 * fact. How a dump is made is the business of {@link io.slipway.backup.dump}.
 */
@NullMarked
package io.slipway.backup.release;

import org.jspecify.annotations.NullMarked;
