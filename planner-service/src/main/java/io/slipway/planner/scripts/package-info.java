/**
 * Where the scripts of a request come from: the request itself, a directory that the configuration allows, or a commit of an
 * allowed Git repository, which is fetched into a cache and read without a working tree. What the scripts
 * mean is not looked at here.
 */
@NullMarked
package io.slipway.planner.scripts;

import org.jspecify.annotations.NullMarked;
