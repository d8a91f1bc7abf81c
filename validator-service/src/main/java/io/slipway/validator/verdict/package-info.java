/** Judges a plan: what the rules find in its scripts, what the checks find at the target, and how much risk that is. */
@NullMarked
package io.slipway.validator.verdict;

import org.jspecify.annotations.NullMarked;
