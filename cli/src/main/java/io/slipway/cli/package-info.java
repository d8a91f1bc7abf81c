/** The {@code slipway} command: how it starts, what surrounds it and how it ends. Its subcommands are packages below. */
@NullMarked
package io.slipway.cli;

import org.jspecify.annotations.NullMarked;
