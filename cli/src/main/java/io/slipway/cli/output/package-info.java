/** How text looks on a terminal, in a pipe and as JSON. */
@NullMarked
package io.slipway.cli.output;

import org.jspecify.annotations.NullMarked;
