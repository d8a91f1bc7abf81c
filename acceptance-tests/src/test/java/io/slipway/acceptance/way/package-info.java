/** The whole way of a run: asked for on Kafka or on the command line, and seen through to its end and its history. */
@NullMarked
package io.slipway.acceptance.way;

import org.jspecify.annotations.NullMarked;
