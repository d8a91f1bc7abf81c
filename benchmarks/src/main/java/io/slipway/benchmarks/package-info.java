/** The entry point of the benchmarks. What they measure lives in the packages below. */
@NullMarked
package io.slipway.benchmarks;

import org.jspecify.annotations.NullMarked;
