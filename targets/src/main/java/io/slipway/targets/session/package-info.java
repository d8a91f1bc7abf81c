/** What may be said of other sessions of a target. Which sessions those are is asked by the services that need them. */
@NullMarked
package io.slipway.targets.session;

import org.jspecify.annotations.NullMarked;
