/** The golden samples: every event as it looks on Kafka, held against the codec and the schemas. */
@NullMarked
package io.slipway.contracts.sample;

import org.jspecify.annotations.NullMarked;
