/**
 * The executor's own record inside each target, beside Flyway's history: what each run did there, written in the
 * migration's transaction. It is how a run is taken up again after a crash.
 */
@NullMarked
package io.slipway.executor.ledger;

import org.jspecify.annotations.NullMarked;
