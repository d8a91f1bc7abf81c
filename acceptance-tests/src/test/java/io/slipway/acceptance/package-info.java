/** What a user of Slipway relies on, tried on the packaged services as processes; a package for each kind of trial. */
@NullMarked
package io.slipway.acceptance;

import org.jspecify.annotations.NullMarked;
