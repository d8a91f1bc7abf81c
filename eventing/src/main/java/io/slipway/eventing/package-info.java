/** The runtime that services share: Kafka carries facts, PostgreSQL carries work. Nothing here knows a service. */
@NullMarked
package io.slipway.eventing;

import org.jspecify.annotations.NullMarked;
