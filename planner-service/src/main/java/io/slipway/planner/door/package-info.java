/** The two doors for requests, Kafka and HTTP, and the one for questions about runs. What they let in is decided elsewhere. */
@NullMarked
package io.slipway.planner.door;

import org.jspecify.annotations.NullMarked;
