/** Slipway as its users have it: the stack that all trials share, and a user's ways to talk to it and to look at it. */
@NullMarked
package io.slipway.acceptance.stack;

import org.jspecify.annotations.NullMarked;
