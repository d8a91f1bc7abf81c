/**
 * Every event of Slipway: {@link Request}s, which say what someone wants, and {@link Fact}s, which say what happened.
 * The values they carry are in {@link io.slipway.contracts}.
 */
@NullMarked
package io.slipway.contracts.event;

import org.jspecify.annotations.NullMarked;
