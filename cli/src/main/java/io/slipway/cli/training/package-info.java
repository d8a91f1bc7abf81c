/**
 * A run of several commands in one JVM, from which the JVM makes its cache of loaded classes once per build. Not a
 * command: only the {@code slipway} script starts it.
 */
@NullMarked
package io.slipway.cli.training;

import org.jspecify.annotations.NullMarked;
