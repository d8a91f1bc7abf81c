/**
 * Makes one dump of a target with {@code pg_dump} and proves that it can be read back: which program, which arguments,
 * the child processes, the files, and what a failure means. Knows nothing of runs, events or the catalogue.
 */
@NullMarked
package io.slipway.backup.dump;

import org.jspecify.annotations.NullMarked;
