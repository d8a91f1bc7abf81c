/**
 * Measures what statements do to a real PostgreSQL: locks, new files, full scans. The analysis of SQL is tested against
 * these files; nothing here predicts anything.
 */
@NullMarked
package io.slipway.benchmarks.locks;

import org.jspecify.annotations.NullMarked;
