/** The entry point of the local stack's commands. What they do lives in the packages below. */
@NullMarked
package io.slipway.localstack;

import org.jspecify.annotations.NullMarked;
