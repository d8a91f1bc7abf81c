/** One trace and one set of log keys per run, carried through records, outbox rows and tasks. */
@NullMarked
package io.slipway.eventing.trace;

import org.jspecify.annotations.NullMarked;
