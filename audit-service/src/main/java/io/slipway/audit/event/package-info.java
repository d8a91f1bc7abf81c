/**
 * The event store: takes every record of both topics, of unknown types as well, keeps it append-only, and shows it. What
 * the events mean is worked out in {@link io.slipway.audit.run}.
 */
@NullMarked
package io.slipway.audit.event;

import org.jspecify.annotations.NullMarked;
