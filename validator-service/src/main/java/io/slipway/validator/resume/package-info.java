/** What is left to judge of a script that goes on where it failed. */
@NullMarked
package io.slipway.validator.resume;

import org.jspecify.annotations.NullMarked;
