/** The way in: a record becomes one transaction of the service, once. What the service then does lives with the service. */
@NullMarked
package io.slipway.eventing.inbox;

import org.jspecify.annotations.NullMarked;
