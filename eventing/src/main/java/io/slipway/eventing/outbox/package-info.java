/** The way out: facts are written beside the state they tell of, and a relay takes them to Kafka after the commit. */
@NullMarked
package io.slipway.eventing.outbox;

import org.jspecify.annotations.NullMarked;
