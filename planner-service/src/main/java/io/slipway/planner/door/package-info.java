/** The two doors for requests, Kafka and HTTP, and those for questions about runs and the policy. What they let in is decided elsewhere. */
@NullMarked
package io.slipway.planner.door;

import org.jspecify.annotations.NullMarked;
