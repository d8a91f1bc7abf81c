/**
 * Connections to the targets: one write and one read pool each, made on first use, and what to tell people when a target
 * does not answer. Not part of JTA: what runs in a target commits by itself.
 */
@NullMarked
package io.slipway.targets.pool;

import org.jspecify.annotations.NullMarked;
