/** What a plan will do to the target, statement by statement, from what the target says of itself. No I/O. */
@NullMarked
package io.slipway.validator.forecast;

import org.jspecify.annotations.NullMarked;
