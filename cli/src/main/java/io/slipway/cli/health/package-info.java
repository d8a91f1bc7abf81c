/** Whether the services are up. */
@NullMarked
package io.slipway.cli.health;

import org.jspecify.annotations.NullMarked;
