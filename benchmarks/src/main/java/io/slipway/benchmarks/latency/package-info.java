/**
 * How long one migration takes from the request to its end, beside the script that one would write instead. Start-up and
 * memory are measured elsewhere.
 */
@NullMarked
package io.slipway.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
