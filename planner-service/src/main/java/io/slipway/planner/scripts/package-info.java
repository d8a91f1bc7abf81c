/**
 * Where the scripts of a request come from: the request itself, or a directory that the configuration allows. What the
 * scripts mean is not looked at here.
 */
@NullMarked
package io.slipway.planner.scripts;

import org.jspecify.annotations.NullMarked;
