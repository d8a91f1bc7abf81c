/**
 * What the executor costs beside Flyway's own API: many databases at once, many migrations on one, and many statements in
 * one. The facts that the other services would say come from here, so that it is the executor that is measured.
 */
@NullMarked
package io.slipway.benchmarks.fleet;

import org.jspecify.annotations.NullMarked;
