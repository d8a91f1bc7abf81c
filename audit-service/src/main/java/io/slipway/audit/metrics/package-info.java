/**
 * Figures over all runs, read from the history: as JSON for people, for Prometheus at {@code /q/metrics}. They survive a
 * restart and are the same on every instance. Figures of the process itself come from the platform.
 */
@NullMarked
package io.slipway.audit.metrics;

import org.jspecify.annotations.NullMarked;
