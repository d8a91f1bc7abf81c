/** The words in which checks speak: which there are, how much each may measure, what came of it. No I/O. */
@NullMarked
package io.slipway.validator.check.outcome;

import org.jspecify.annotations.NullMarked;
