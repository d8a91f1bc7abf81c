/** Applies a migration plan with Flyway and records it in the ledger, script by script. */
@NullMarked
package io.slipway.executor.apply;

import org.jspecify.annotations.NullMarked;
