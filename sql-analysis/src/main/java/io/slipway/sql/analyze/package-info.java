/**
 * Judges a whole plan: the scripts that are pending, in the order in which they will run. This is the library's front
 * door.
 */
@NullMarked
package io.slipway.sql.analyze;

import org.jspecify.annotations.NullMarked;
