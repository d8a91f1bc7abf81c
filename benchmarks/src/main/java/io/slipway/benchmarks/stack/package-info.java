/** The stack that a benchmark measures, which ends with the benchmark however that ends. */
@NullMarked
package io.slipway.benchmarks.stack;

import org.jspecify.annotations.NullMarked;
