/**
 * Trying a plan before anyone is hurt: a scratch database with the target's schema, the plan run on it statement by
 * statement, what it did held against what was predicted, and the way back walked, or derived where there is none. Rows are copied only
 * where that is configured; what they hold leaves this package in no form.
 */
@NullMarked
package io.slipway.validator.rehearsal;

import org.jspecify.annotations.NullMarked;
