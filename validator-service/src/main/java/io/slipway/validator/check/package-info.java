/** Looks at the target before a plan may run there: does it answer, does it take writes, is it what was planned for. */
@NullMarked
package io.slipway.validator.check;

import org.jspecify.annotations.NullMarked;
