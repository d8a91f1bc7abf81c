/**
 * What the events say about each run: a pure projection ({@link io.slipway.audit.run.Projection}) from events to
 * changes, the store that makes them, the views of a run and their HTTP interface. The events themselves are kept in
 * {@link io.slipway.audit.event}.
 */
@NullMarked
package io.slipway.audit.run;

import org.jspecify.annotations.NullMarked;
