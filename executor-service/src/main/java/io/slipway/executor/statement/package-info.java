/**
 * The statements of a script without a transaction: each is announced, run and recorded, and one that was cut off is looked
 * up in the catalogue, so that a script goes on where it stopped. Waiting for locks is the business of {@code lock}.
 */
@NullMarked
package io.slipway.executor.statement;

import org.jspecify.annotations.NullMarked;
