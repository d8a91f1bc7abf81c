/** Figures, what they are derived from and how they are reported. What is measured is not known here. */
@NullMarked
package io.slipway.benchmarks.figures;

import org.jspecify.annotations.NullMarked;
