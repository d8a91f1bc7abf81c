/** How long the services take to start and how much memory they hold when idle. What runs take is measured elsewhere. */
@NullMarked
package io.slipway.benchmarks.footprint;

import org.jspecify.annotations.NullMarked;
