/** Whether the targets answer, as a health group of its own: a dead target must not take a service down. */
@NullMarked
package io.slipway.targets.health;

import org.jspecify.annotations.NullMarked;
