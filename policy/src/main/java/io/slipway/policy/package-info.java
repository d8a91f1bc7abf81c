/**
 * What an installation demands of runs, as data: a YAML file read with line and column, narrowed down to one target, and
 * its maintenance windows reckoned at a given instant. What becomes of a run by it is decided elsewhere, files are opened
 * elsewhere, and no clock is looked at.
 */
@NullMarked
package io.slipway.policy;

import org.jspecify.annotations.NullMarked;
