/**
 * What the planner takes when many deployers use it at once: a burst that must not lose a request, and a steady stream of
 * requests that must be answered soon.
 */
@NullMarked
package io.slipway.benchmarks.planner;

import org.jspecify.annotations.NullMarked;
