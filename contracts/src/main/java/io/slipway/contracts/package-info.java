/**
 * The values that events are made of: ids, plans, findings, backups, failures. Records with their invariants, no
 * framework. The events themselves are in {@link io.slipway.contracts.event}, their transport in {@link
 * io.slipway.contracts.cloudevents}.
 */
@NullMarked
package io.slipway.contracts;

import org.jspecify.annotations.NullMarked;
