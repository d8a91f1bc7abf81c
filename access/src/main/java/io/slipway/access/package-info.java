/** Who may call a service over HTTP: this machine, or the bearer of a token. What a caller may do lives elsewhere. */
@NullMarked
package io.slipway.access;

import org.jspecify.annotations.NullMarked;
