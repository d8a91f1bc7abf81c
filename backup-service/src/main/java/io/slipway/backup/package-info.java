/**
 * The service that dumps a target before a released run changes it. Its settings are here; {@link
 * io.slipway.backup.release} takes the work, {@link io.slipway.backup.dump} makes one verified dump, {@link
 * io.slipway.backup.catalogue} remembers the dumps and lets old ones go.
 */
@NullMarked
package io.slipway.backup;

import org.jspecify.annotations.NullMarked;
