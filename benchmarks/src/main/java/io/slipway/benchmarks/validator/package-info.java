/**
 * How long the analysis of migrations takes, in how much memory, and how long its command line from a cold start. What it finds is
 * tested elsewhere.
 */
@NullMarked
package io.slipway.benchmarks.validator;

import org.jspecify.annotations.NullMarked;
